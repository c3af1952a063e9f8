/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* recvfrom */
#include "message.h"

PROGRAM(recvfrom)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_RECVFROM_X, EVT_SOCKET_RECVFROM_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	if (ret >= 0) {
		/* 2: data BYTEBUF */
		store__user_bytes(
			record, 1, read__arg(regs, 1),
			data__limit(data__snaplen(read__int_arg(regs, 0), read__arg(regs, 1),
						  read__arg(regs, 2), read__arg(regs, 4)),
				    ret));
		/* 3: tuple SOCKTUPLE */
		socket__store_tuple(2, read__int_arg(regs, 0), INBOUND, read__arg(regs, 4), 0);
	} else {
		store__empty(record, 1);
		store__empty(record, 2);
	}
	/* 4: fd FD */
	store__s64(record, 3, read__int_arg(regs, 0));
	/* 5: size UINT32 */
	store__u32(record, 4, read__arg(regs, 2));
	return program__submit(record, EVT_SOCKET_RECVFROM_X);
}
