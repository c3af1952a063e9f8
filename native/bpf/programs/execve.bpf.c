/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* execve */
#include "exec.h"

PROGRAM(execve)
{
	struct path_argument filename;
	struct jf_scratch *record;

	if (ret == 0)
		return exec__success();
	record = exec__failure(EVT_SYSCALL_EXECVE_19_X, EVT_SYSCALL_EXECVE_19_X_PARAMS, ret,
			       read__arg(regs, 1), read__arg(regs, 2));
	if (!record)
		return 0;
	/* 31: filename FSPATH */
	filename = names__store_argument(record, 30, read__arg(regs, 0));
	/* 32: toctou BOOL */
	names__check(record, &filename, ret);
	names__store_mark(record, 31, record->compared);
	return program__submit(record, EVT_SYSCALL_EXECVE_19_X);
}
