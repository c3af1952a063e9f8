/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* recvmmsg: a record for each message that came, the first 16; one record for a failure. */
#include "message.h"

__noinline int recvmmsg__record(u64 messages, s64 fd, u32 index)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_RECVMMSG_X, EVT_SOCKET_RECVMMSG_X_PARAMS);
	struct user_mmsghdr message = {};

	if (!record)
		return 0;
	message__read_entry(messages, index, &message);
	/* 1: res ERRNO */
	store__s64(record, 0, message.length);
	/* 2: fd FD */
	store__s64(record, 1, fd);
	/* 3: size UINT32 */
	store__u32(record, 2, message.length);
	/* 4: data BYTEBUF */
	data__store_buffers(
		record, 3, message.header.iov, message.header.iov_count,
		data__limit(data__snaplen(fd, 0, 0, message.header.name), message.length));
	/* 5: tuple SOCKTUPLE */
	socket__store_tuple(4, fd, INBOUND, message.header.name, 0);
	/* 6: msgcontrol BYTEBUF */
	message__store_control(record, 5, &message.header);
	program__submit(record, EVT_SOCKET_RECVMMSG_X);
	return 0;
}

PROGRAM(recvmmsg)
{
	u64 messages = read__arg(regs, 1);
	s64 fd = read__int_arg(regs, 0);
	u32 i;
	struct jf_scratch *record;

	if (ret > 0) {
		for (i = 0; i < JF_MESSAGES && i < ret; i++)
			recvmmsg__record(messages, fd, i);
		return 0;
	}
	record = program__begin(EVT_SOCKET_RECVMMSG_X, EVT_SOCKET_RECVMMSG_X_PARAMS);
	if (!record)
		return 0;
	store__s64(record, 0, ret);
	store__s64(record, 1, fd);
	store__u32(record, 2, 0);
	store__empty(record, 3);
	store__empty(record, 4);
	store__empty(record, 5);
	return program__submit(record, EVT_SOCKET_RECVMMSG_X);
}
