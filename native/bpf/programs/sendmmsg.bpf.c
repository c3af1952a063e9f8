/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendmmsg: a record for each message that was sent, the first 16; one record for a failure. */
#include "address.h"
#include "message.h"

__noinline int sendmmsg__record(u64 messages, s64 fd, u32 index)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_SENDMMSG_X, EVT_SOCKET_SENDMMSG_X_PARAMS);
	struct user_mmsghdr message = {};
	u32 start;

	if (!record)
		return 0;
	message__read_entry(messages, index, &message);
	/* 1: res ERRNO */
	store__s64(record, 0, message.length);
	/* 2: fd FD */
	store__s64(record, 1, fd);
	/* 3: size UINT32 */
	store__u32(record, 2, data__buffers_size(message.header.iov, message.header.iov_count));
	/* 4: data BYTEBUF */
	data__store_buffers(record, 3, message.header.iov, message.header.iov_count,
			    data__sent_limit(data__snaplen(fd, 0, 0, message.header.name),
					     message.length, -1));
	/* 5: tuple SOCKTUPLE */
	start = record->end;
	socket__store_tuple(4, fd, OUTBOUND, message.header.name, message.header.name_length);
	/* 6: kaddr SOCKADDR, 7: toctou BOOL */
	address__store_message(record, 5, start, true, index, message.header.name,
			       message.header.name_length);
	program__submit(record, EVT_SOCKET_SENDMMSG_X);
	return 0;
}

/* Where nothing tells when one message ends, what was seen of all of them says nothing. */
INLINE void begin_messages(long sent)
{
	struct jf_names *slot = names__own(read__current());

	if (slot && sent > 1 && !slot->hooked && !slot->sent)
		slot->known = 0;
}

PROGRAM(sendmmsg)
{
	u64 messages = read__arg(regs, 1);
	s64 fd = read__int_arg(regs, 0);
	struct user_mmsghdr message = {};
	u32 i;
	struct jf_scratch *record;

	if (ret > 0) {
		begin_messages(ret);
		for (i = 0; i < JF_MESSAGES && i < ret; i++)
			sendmmsg__record(messages, fd, i);
		names__forget();
		return 0;
	}
	record = program__begin(EVT_SOCKET_SENDMMSG_X, EVT_SOCKET_SENDMMSG_X_PARAMS);
	if (!record)
		return 0;
	store__s64(record, 0, ret);
	store__s64(record, 1, fd);
	store__u32(record, 2, 0);
	store__empty(record, 3);
	store__empty(record, 4);
	message__read_entry(messages, 0, &message);
	address__store_message(record, 5, record->end, true, 0, message.header.name,
			       message.header.name_length);
	if (record->kept)
		names__forget();
	return program__submit(record, EVT_SOCKET_SENDMMSG_X);
}
