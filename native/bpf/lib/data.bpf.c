/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Walks over arrays of buffers. */
#include "data.h"

/* Buffers of an array that are looked at. */
#define MAX_BUFFERS 32

/* One entry of an array of struct iovec; false when unreadable. */
INLINE bool read_buffer(u64 buffers, u32 index, struct user_iovec *buffer)
{
	bool compat = read__is_compat(bpf_get_current_task_btf());

	return read__user_longs(buffers + index * (compat ? 8 : 16), &buffer->base);
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
		if (!read_buffer(buffers, i, &buffer))
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
		struct user_iovec buffer;

		if (i >= count)
			break;
		if (!read_buffer(buffers, i, &buffer))
			return 0;
		total += buffer.length;
	}
	return total;
}
