/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* preadv */
#include "data.h"

PROGRAM(preadv)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_PREADV_X, EVT_SYSCALL_PREADV_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: size UINT32 */
	store__u32(record, 1, ret > 0 ? ret : 0);
	/* 3: data BYTEBUF */
	if (ret > 0)
		data__store_buffers(
			record, 2, read__arg(regs, 1), read__arg(regs, 2),
			data__limit(data__snaplen(read__int_arg(regs, 0), 0, 0, 0), ret));
	else
		store__empty(record, 2);
	/* 4: fd FD */
	store__s64(record, 3, read__int_arg(regs, 0));
	/* 5: pos UINT64 */
	store__u64(record, 4, read__arg(regs, 3));
	return program__submit(record, EVT_SYSCALL_PREADV_X);
}
