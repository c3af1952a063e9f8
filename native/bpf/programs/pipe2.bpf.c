/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* pipe2 */
#include "pipe.h"

PROGRAM(pipe2)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_PIPE2_X, EVT_SYSCALL_PIPE2_X_PARAMS);

	if (!record)
		return 0;
	/* 1 to 4 */
	pipe__store(record, regs, ret);
	/* 5: flags FLAGS32 */
	store__u32(record, 4, convert__pipe_flags(read__arg(regs, 1)));
	return program__submit(record, EVT_SYSCALL_PIPE2_X);
}
