/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getresgid: the numbers are where the caller wanted them. */
#include "id.h"

PROGRAM(getresgid)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_GETRESGID_X, EVT_SYSCALL_GETRESGID_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: rgid GID */
	store__u32(record, 1, id__read(read__arg(regs, 0)));
	/* 3: egid GID */
	store__u32(record, 2, id__read(read__arg(regs, 1)));
	/* 4: sgid GID */
	store__u32(record, 3, id__read(read__arg(regs, 2)));
	return program__submit(record, EVT_SYSCALL_GETRESGID_X);
}
