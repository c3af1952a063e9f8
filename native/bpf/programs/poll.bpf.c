/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* poll */
#include "poll.h"

PROGRAM(poll)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_POLL_X, EVT_SYSCALL_POLL_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: fds FDLIST */
	poll__store_list(record, 1, read__arg(regs, 0), read__arg(regs, 1));
	/* 3: timeout INT64: without its sign, as in Falco */
	store__u64(record, 2, (u32)read__arg(regs, 2));
	return program__submit(record, EVT_SYSCALL_POLL_X);
}
