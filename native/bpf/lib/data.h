/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The bytes that a call moved: from one buffer, or gathered from an array of struct iovec. */
#pragma once

#include "program.h"

/*
 * Bytes to keep of the data that goes through a descriptor: snaplen, or more of what goes to some
 * ports or looks like some protocols, when that is asked for. buffer and size: the data that may
 * be looked at, 0 for none; address: the peer that the call names, or 0. In data.bpf.c.
 */
u32 data__snaplen(s64 fd, u64 buffer, u32 size, u64 address);

/* At most snaplen, but not more than there is. */
INLINE u32 data__limit(u32 snaplen, s64 available)
{
	if (snaplen > JF_MAX_RECORD - 1)
		snaplen = JF_MAX_RECORD - 1;
	return available >= 0 && available < snaplen ? available : snaplen;
}

/* Adds at most limit bytes of an array of struct iovec; the bytes added. In data.bpf.c. */
int data__store_buffers_part(u64 buffers, u64 count, u32 limit);

/* Sum of the buffers' sizes; 0 when the array cannot be read. In data.bpf.c. */
u32 data__buffers_size(u64 buffers, u64 count);

INLINE void data__store_buffers(struct jf_scratch *record, u32 param, u64 buffers, u64 count,
				u32 limit)
{
	store__length(record, param, data__store_buffers_part(buffers, count, limit));
}

/* Bytes to keep of what a call should have sent: all that it took, or offered if it failed. */
INLINE u32 data__sent_limit(u32 snaplen, long ret, s64 size)
{
	return data__limit(snaplen, ret > 0 ? ret : size);
}
