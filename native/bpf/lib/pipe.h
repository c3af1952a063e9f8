/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* pipe and pipe2: both ends have the same inode. */
#pragma once

#include "program.h"

/* The first four parameters of both events. */
INLINE void pipe__store(struct jf_scratch *record, const struct call *regs, long ret)
{
	s32 fds[2];

	if (bpf_probe_read_user(fds, sizeof(fds), (void *)read__arg(regs, 0)))
		fds[0] = fds[1] = -1;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: fd1 FD */
	store__s64(record, 1, fds[0]);
	/* 3: fd2 FD */
	store__s64(record, 2, fds[1]);
	/* 4: ino UINT64 */
	store__u64(record, 3, ret == 0 ? read__ino(read__current(), fds[0]) : 0);
}
