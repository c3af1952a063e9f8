/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* recvmsg */
#include "message.h"

PROGRAM(recvmsg)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_RECVMSG_X, EVT_SOCKET_RECVMSG_X_PARAMS);
	struct user_msghdr header = {};

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: size UINT32 */
	store__u32(record, 1, ret >= 0 ? ret : 0);
	if (ret >= 0) {
		message__read(read__arg(regs, 1), &header);
		/* 3: data BYTEBUF */
		data__store_buffers(
			record, 2, header.iov, header.iov_count,
			data__limit(data__snaplen(read__int_arg(regs, 0), 0, 0, header.name), ret));
		/* 4: tuple SOCKTUPLE */
		socket__store_tuple(3, read__int_arg(regs, 0), INBOUND, header.name, 0);
		/* 5: msgcontrol BYTEBUF */
		message__store_control(record, 4, &header);
	} else {
		store__empty(record, 2);
		store__empty(record, 3);
		store__empty(record, 4);
	}
	/* 6: fd FD */
	store__s64(record, 5, read__int_arg(regs, 0));
	return program__submit(record, EVT_SOCKET_RECVMSG_X);
}
