/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* setrlimit */
#include "rlimit.h"

PROGRAM(setrlimit)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_SETRLIMIT_X, EVT_SYSCALL_SETRLIMIT_X_PARAMS);
	struct user_rlimit limit = {};

	if (!record)
		return 0;
	rlimit__read(read__arg(regs, 1), &limit);
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: cur INT64 */
	store__u64(record, 1, limit.cur);
	/* 3: max INT64 */
	store__u64(record, 2, limit.max);
	/* 4: resource ENUMFLAGS8 */
	store__u8(record, 3, rlimit__resource(read__arg(regs, 0)));
	return program__submit(record, EVT_SYSCALL_SETRLIMIT_X);
}
