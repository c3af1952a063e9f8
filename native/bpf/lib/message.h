/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendmsg, recvmsg and their plural forms: everything is behind a struct msghdr. */
#pragma once

#include "data.h"
#include "socket.h"

/* Messages of one sendmmsg or recvmmsg that become records. */
#define MAX_MESSAGES 16

/* What a bpf_loop callback needs to know about its call. */
struct message_loop {
	u64 messages;
	s64 fd;
};

INLINE void message__store_control(struct jf_scratch *record, u32 param,
				   const struct user_msghdr *header)
{
	u64 length = header->control_length;

	store__user_bytes(record, param, length < JF_MAX_RECORD ? header->control : 0, length);
}
