/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The bytes that a call moved: from one buffer, or gathered from an array of struct iovec. */
#pragma once

#include "program.h"

/* Bytes to keep: snaplen, but not more than there are. */
INLINE u32 data__limit(s64 available)
{
	struct jf_config *settings = base__config();
	u32 limit = settings ? settings->snaplen : 0;

	if (limit > JF_MAX_RECORD - 1)
		limit = JF_MAX_RECORD - 1;
	return available >= 0 && available < limit ? available : limit;
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
INLINE u32 data__sent_limit(long ret, s64 size)
{
	return data__limit(ret > 0 ? ret : size);
}
