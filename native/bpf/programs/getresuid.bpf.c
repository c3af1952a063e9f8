/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getresuid: the numbers are where the caller wanted them. */
#include "id.h"

PROGRAM(getresuid)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_GETRESUID_X, EVT_SYSCALL_GETRESUID_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: ruid UID */
	store__u32(record, 1, id__read(read__arg(regs, 0)));
	/* 3: euid UID */
	store__u32(record, 2, id__read(read__arg(regs, 1)));
	/* 4: suid UID */
	store__u32(record, 3, id__read(read__arg(regs, 2)));
	return program__submit(record, EVT_SYSCALL_GETRESUID_X);
}
