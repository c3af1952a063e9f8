/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* pipe */
#include "pipe.h"

PROGRAM(pipe)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_PIPE_X, EVT_SYSCALL_PIPE_X_PARAMS);

	if (!record)
		return 0;
	/* 1 to 4 */
	pipe__store(record, regs, ret);
	return program__submit(record, EVT_SYSCALL_PIPE_X);
}
