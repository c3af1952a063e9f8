/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* bind */
#include "address.h"

PROGRAM(bind)
{
	struct jf_scratch *record = program__begin(EVT_SOCKET_BIND_X, EVT_SOCKET_BIND_X_PARAMS);
	u32 start, end;

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: addr SOCKADDR */
	start = record->end;
	socket__store_address(1, read__arg(regs, 1), read__arg(regs, 2));
	end = record->end;
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: kaddr SOCKADDR, 5: toctou BOOL */
	address__store_both(record, 3, regs, ADDRESS_LOCAL, ret == 0, start, end);
	return program__submit(record, EVT_SOCKET_BIND_X);
}
