/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* ppoll */
#include "poll.h"

PROGRAM(ppoll)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_PPOLL_X, EVT_SYSCALL_PPOLL_X_PARAMS);
	u64 mask = 0;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: fds FDLIST */
	poll__store_list(record, 1, read__arg(regs, 0), read__arg(regs, 1));
	/* 3: timeout RELTIME */
	store__u64(record, 2, read__user_time(read__arg(regs, 2)));
	/* 4: sigmask SIGSET */
	bpf_probe_read_user(&mask, sizeof(mask), (void *)read__arg(regs, 3));
	store__u32(record, 3, mask);
	return program__submit(record, EVT_SYSCALL_PPOLL_X);
}
