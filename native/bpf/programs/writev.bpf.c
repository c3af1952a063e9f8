/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* writev */
#include "data.h"

PROGRAM(writev)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_WRITEV_X, EVT_SYSCALL_WRITEV_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: data BYTEBUF */
	data__store_buffers(
		record, 1, read__arg(regs, 1), read__arg(regs, 2),
		data__sent_limit(data__snaplen(read__int_arg(regs, 0), 0, 0, 0), ret, -1));
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: size UINT32 */
	store__u32(record, 3, data__buffers_size(read__arg(regs, 1), read__arg(regs, 2)));
	return program__submit(record, EVT_SYSCALL_WRITEV_X);
}
