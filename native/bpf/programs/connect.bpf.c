/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* connect: the tuple comes from the socket, once the kernel has chosen a local address. */
#include "address.h"

PROGRAM(connect)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_CONNECT_X, EVT_SOCKET_CONNECT_X_PARAMS);
	u32 start;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: tuple SOCKTUPLE */
	if (ret == 0 || ret == -EINPROGRESS)
		socket__store_tuple(1, read__int_arg(regs, 0), OUTBOUND, read__arg(regs, 1),
				    read__arg(regs, 2));
	else
		store__empty(record, 1);
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: addr SOCKADDR */
	start = record->end;
	socket__store_address(3, read__arg(regs, 1), read__arg(regs, 2));
	/* 5: kaddr SOCKADDR, 6: toctou BOOL */
	address__store_both(record, 4, regs, ADDRESS_PEER,
			    ret == 0 || ret == -EINPROGRESS, start, record->end);
	return program__submit(record, EVT_SOCKET_CONNECT_X);
}
