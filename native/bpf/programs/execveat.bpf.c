/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* execveat: its own event only when it fails. */
#include "exec.h"

PROGRAM(execveat)
{
	struct jf_scratch *record;

	if (ret == 0)
		return exec__success();
	record = exec__failure(EVT_SYSCALL_EXECVEAT_X, EVT_SYSCALL_EXECVEAT_X_PARAMS, ret,
			       read__arg(regs, 2), read__arg(regs, 3));
	if (!record)
		return 0;
	/* 31: toctou BOOL */
	names__store_mark(record, 30, record->compared);
	return program__submit(record, EVT_SYSCALL_EXECVEAT_X);
}
