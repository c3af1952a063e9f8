/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendto */
#include "address.h"
#include "message.h"

PROGRAM(sendto)
{
	struct jf_scratch *record = program__begin(EVT_SOCKET_SENDTO_X, EVT_SOCKET_SENDTO_X_PARAMS);
	u32 size = read__arg(regs, 2);
	u32 start;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: data BYTEBUF */
	store__user_bytes(record, 1, read__arg(regs, 1),
			  data__sent_limit(data__snaplen(read__int_arg(regs, 0), read__arg(regs, 1),
							 read__arg(regs, 2), read__arg(regs, 4)),
					   ret, size));
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: size UINT32 */
	store__u32(record, 3, size);
	/* 5: tuple SOCKTUPLE */
	start = record->end;
	if (ret >= 0)
		socket__store_tuple(4, read__int_arg(regs, 0), OUTBOUND, read__arg(regs, 4),
				    read__arg(regs, 5));
	else
		store__empty(record, 4);
	/* 6: kaddr SOCKADDR, 7: toctou BOOL */
	address__store_message(record, 5, start, read__arg(regs, 4), 0, read__arg(regs, 4),
			       read__arg(regs, 5));
	if (record->kept)
		names__forget();
	return program__submit(record, EVT_SOCKET_SENDTO_X);
}
