/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendmsg */
#include "address.h"
#include "message.h"

PROGRAM(sendmsg)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_SENDMSG_X, EVT_SOCKET_SENDMSG_X_PARAMS);
	struct user_msghdr header = {};
	bool readable;
	u32 start;

	if (!record)
		return 0;
	readable = message__read(read__arg(regs, 1), &header);
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: data BYTEBUF */
	data__store_buffers(
		record, 1, header.iov, header.iov_count,
		data__sent_limit(data__snaplen(read__int_arg(regs, 0), 0, 0, header.name), ret,
				 -1));
	/* 3: fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: size UINT32 */
	if (readable)
		store__u32(record, 3, data__buffers_size(header.iov, header.iov_count));
	else
		store__empty(record, 3);
	/* 5: tuple SOCKTUPLE */
	start = record->end;
	if (ret >= 0)
		socket__store_tuple(4, read__int_arg(regs, 0), OUTBOUND, header.name,
				    header.name_length);
	else
		store__empty(record, 4);
	/* 6: kaddr SOCKADDR, 7: toctou BOOL */
	address__store_message(record, 5, start, true, 0, header.name, header.name_length);
	if (record->kept)
		names__forget();
	return program__submit(record, EVT_SOCKET_SENDMSG_X);
}
