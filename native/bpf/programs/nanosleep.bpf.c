/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* nanosleep */
#include "program.h"

PROGRAM(nanosleep)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_NANOSLEEP_X, EVT_SYSCALL_NANOSLEEP_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: interval RELTIME */
	store__u64(record, 1, read__user_time(read__arg(regs, 0)));
	return program__submit(record, EVT_SYSCALL_NANOSLEEP_X);
}
