/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* pwrite64 */
#include "data.h"

PROGRAM(pwrite64)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_PWRITE_X, EVT_SYSCALL_PWRITE_X_PARAMS);
	u64 size = read__arg(regs, 2);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: data BYTEBUF */
	store__user_bytes(record, 1, read__arg(regs, 1),
			  data__sent_limit(data__snaplen(read__int_arg(regs, 0), read__arg(regs, 1),
							 read__arg(regs, 2), 0),
					   ret, size));
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: size UINT32 */
	store__u32(record, 3, size);
	/* 5: pos UINT64 */
	store__u64(record, 4, read__arg(regs, 3));
	return program__submit(record, EVT_SYSCALL_PWRITE_X);
}
