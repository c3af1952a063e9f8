/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendmsg, recvmsg and their plural forms: everything is behind a struct msghdr. */
#pragma once

#include "data.h"
#include "socket.h"

/* The header of a 32-bit program. */
struct compat_msghdr {
	u32 name;
	s32 name_length;
	u32 iov;
	u32 iov_count;
	u32 control;
	u32 control_length;
	u32 flags;
};

struct compat_mmsghdr {
	struct compat_msghdr header;
	u32 length;
};

INLINE void message__widen(struct user_msghdr *header, const struct compat_msghdr *narrow)
{
	header->name = narrow->name;
	header->name_length = narrow->name_length;
	header->iov = narrow->iov;
	header->iov_count = narrow->iov_count;
	header->control = narrow->control;
	header->control_length = narrow->control_length;
	header->flags = narrow->flags;
}

/* Reads a header; false when it cannot be read. */
INLINE bool message__read(u64 address, struct user_msghdr *header)
{
	struct compat_msghdr narrow;

	if (!read__is_compat(read__current()))
		return !bpf_probe_read_user(header, sizeof(*header), (void *)address);
	if (bpf_probe_read_user(&narrow, sizeof(narrow), (void *)address))
		return false;
	message__widen(header, &narrow);
	return true;
}

/* Reads one header of an array, with the length that the kernel put there. */
INLINE void message__read_entry(u64 messages, u32 index, struct user_mmsghdr *message)
{
	struct compat_mmsghdr narrow;

	if (!read__is_compat(read__current())) {
		bpf_probe_read_user(message, sizeof(*message),
				    (struct user_mmsghdr *)messages + index);
		return;
	}
	if (bpf_probe_read_user(&narrow, sizeof(narrow), (struct compat_mmsghdr *)messages + index))
		return;
	message__widen(&message->header, &narrow.header);
	message->length = narrow.length;
}

INLINE void message__store_control(struct jf_scratch *record, u32 param,
				   const struct user_msghdr *header)
{
	u64 length = header->control_length;

	store__user_bytes(record, param, length < JF_MAX_RECORD ? header->control : 0, length);
}
