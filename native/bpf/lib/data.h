/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The bytes that a call moved: from one buffer, or gathered from an array of struct iovec. */
#pragma once

#include "program.h"

/* Buffers of an array that are looked at. */
#define MAX_BUFFERS 32

/* Bytes to keep: snaplen, but not more than there are. */
INLINE u32 data__limit(s64 available)
{
	struct jf_config *settings = base__config();
	u32 limit = settings ? settings->snaplen : 0;

	if (limit > JF_MAX_RECORD - 1)
		limit = JF_MAX_RECORD - 1;
	return available >= 0 && available < limit ? available : limit;
}

/* Adds at most limit bytes of the buffers, one after another; the bytes added. */
ONCE int data__store_buffers_part(u64 buffers, u64 count, u32 limit)
{
	struct jf_scratch *record = store__current();
	u32 start;
	u32 i;

	if (!record)
		return 0;
	start = record->end;
	for (i = 0; i < MAX_BUFFERS; i++) {
		struct user_iovec buffer;
		u32 room = limit - (record->end - start);

		if (i >= count || !room || room > limit)
			break;
		if (bpf_probe_read_user(&buffer, sizeof(buffer), (struct user_iovec *)buffers + i))
			break;
		if (!buffer.length)
			continue;
		if (buffer.length < room)
			room = buffer.length;
		if (!store__user_bytes_part(record, buffer.base, room))
			break;
	}
	return record->end - start;
}

/* Sum of the buffers' sizes; 0 when the array cannot be read. */
ONCE u32 data__buffers_size(u64 buffers, u64 count)
{
	u32 total = 0;
	u32 i;

	for (i = 0; i < MAX_BUFFERS; i++) {
		u64 length;

		if (i >= count)
			break;
		if (bpf_probe_read_user(&length, sizeof(length),
					&((struct user_iovec *)buffers)[i].length))
			return 0;
		total += length;
	}
	return total;
}

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
