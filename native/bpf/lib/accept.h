/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* accept and accept4: the connection's ends, and how full the listening socket's queue is. */
#pragma once

#include "socket.h"

/* The first five parameters of both events. */
INLINE void accept__store(struct jf_scratch *record, const struct call *regs, long ret)
{
	struct sock *listener;
	u32 length = 0, max = 0;

	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: tuple SOCKTUPLE */
	if (ret >= 0) {
		socket__store_tuple(1, ret, INBOUND, 0, 0);
		listener = socket__of(read__current(), read__int_arg(regs, 0));
		if (listener) {
			length = BPF_CORE_READ(listener, sk_ack_backlog);
			max = BPF_CORE_READ(listener, sk_max_ack_backlog);
		}
	} else {
		store__empty(record, 1);
	}
	/* 3: queuepct UINT8 */
	store__u8(record, 2, length && max ? (u64)length * 100 / max : 0);
	/* 4: queuelen UINT32 */
	store__u32(record, 3, length);
	/* 5: queuemax UINT32 */
	store__u32(record, 4, max);
}
