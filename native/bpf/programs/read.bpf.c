/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* read */
#include "data.h"

PROGRAM(read)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_READ_X, EVT_SYSCALL_READ_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: data BYTEBUF */
	store__user_bytes(
		record, 1, read__arg(regs, 1),
		ret > 0 ? data__limit(data__snaplen(read__int_arg(regs, 0), read__arg(regs, 1),
						    read__arg(regs, 2), 0),
				      ret)
			: 0);
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: size UINT32 */
	store__u32(record, 3, read__arg(regs, 2));
	return program__submit(record, EVT_SYSCALL_READ_X);
}
