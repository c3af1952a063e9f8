/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Writes parameters into a record (layout: EventView.java). Two ways:
 *
 * store__*  records of variable size, put together in this CPU's scratch space. The parameter's
 *           place in the row is given with it; each parameter is stored once, in order.
 * fixed__*  records whose size is known: written in place in the ring.
 */
#pragma once

#include "read.h"

#define HEADER_SIZE 26

/* Bounds an offset into the first half of the scratch data. */
#define WITHIN(offset) ((offset) & (JF_MAX_RECORD - 1))

/* The compiler would write packed members byte by byte; the machine needs no alignment. */
#define PUT(at, type, value) (*(type *)(at) = (value))

/*
 * Marks functions of the .bpf.c files beside this one: global ones, which the verifier looks at once for any arguments,
 * instead of again for each call. Their arguments can only be numbers, so they look up the record
 * themselves.
 */
#define ONCE __noinline

INLINE struct jf_scratch *store__in(u32 slot)
{
	return bpf_map_lookup_elem(&scratch, &slot);
}

INLINE struct jf_scratch *store__current(void)
{
	return store__in(bpf_get_smp_processor_id());
}

INLINE void store__header(u8 *at, u64 now, u32 tid, u32 length, u32 event, u32 params)
{
	PUT(at, u64, now);
	PUT(at + 8, u64, tid);
	PUT(at + 16, u32, length);
	PUT(at + 20, u16, event);
	PUT(at + 22, u32, params);
}

INLINE void store__length(struct jf_scratch *record, u32 param, u16 length)
{
	PUT(&record->data[HEADER_SIZE + 2 * param], u16, length);
}

INLINE void store__empty(struct jf_scratch *record, u32 param)
{
	store__length(record, param, 0);
}

/* Where the next byte goes. */
INLINE u8 *store__end(struct jf_scratch *record)
{
	u64 end = WITHIN(record->end);

	OPAQUE(end);
	end = WITHIN(end);
	return &record->data[end];
}

INLINE void store__u8_part(struct jf_scratch *record, u8 value)
{
	*store__end(record) = value;
	record->end += 1;
}

INLINE void store__u16_part(struct jf_scratch *record, u16 value)
{
	PUT(store__end(record), u16, value);
	record->end += 2;
}

INLINE void store__u32_part(struct jf_scratch *record, u32 value)
{
	PUT(store__end(record), u32, value);
	record->end += 4;
}

INLINE void store__u64_part(struct jf_scratch *record, u64 value)
{
	PUT(store__end(record), u64, value);
	record->end += 8;
}

INLINE void store__u8(struct jf_scratch *record, u32 param, u8 value)
{
	store__u8_part(record, value);
	store__length(record, param, 1);
}

INLINE void store__u16(struct jf_scratch *record, u32 param, u16 value)
{
	store__u16_part(record, value);
	store__length(record, param, 2);
}

INLINE void store__u32(struct jf_scratch *record, u32 param, u32 value)
{
	store__u32_part(record, value);
	store__length(record, param, 4);
}

INLINE void store__u64(struct jf_scratch *record, u32 param, u64 value)
{
	store__u64_part(record, value);
	store__length(record, param, 8);
}

INLINE void store__s64(struct jf_scratch *record, u32 param, s64 value)
{
	store__u64(record, param, (u64)value);
}

INLINE void store__count_unreadable(void)
{
	struct jf_stats *counters = base__stats();

	if (counters)
		counters->pf++;
}

/* Adds text from user space with its NUL; the bytes added, 0 when it cannot be read. */
INLINE u32 store__user_text_part(struct jf_scratch *record, u64 address, u32 limit)
{
	long length = bpf_probe_read_user_str(store__end(record), limit, (void *)address);

	if (length < 0) {
		store__count_unreadable();
		return 0;
	}
	if (length == 0) {
		*store__end(record) = 0;
		length = 1;
	}
	record->end += (u32)length;
	return (u32)length;
}

/* Adds text from the kernel with its NUL; the bytes added, 0 when it cannot be read. */
INLINE u32 store__kernel_text_part(struct jf_scratch *record, const void *address, u32 limit)
{
	long length = bpf_probe_read_kernel_str(store__end(record), limit, address);

	if (length < 0)
		return 0;
	if (length == 0) {
		*store__end(record) = 0;
		length = 1;
	}
	record->end += (u32)length;
	return (u32)length;
}

/* A path or other text from user space; empty when NULL or unreadable. */
INLINE u32 store__user_text(struct jf_scratch *record, u32 param, u64 address)
{
	u32 length = address ? store__user_text_part(record, address, MAX_TEXT) : 0;

	store__length(record, param, length);
	return length;
}

INLINE void store__kernel_text(struct jf_scratch *record, u32 param, const void *address, u32 limit)
{
	store__length(record, param, store__kernel_text_part(record, address, limit));
}

/* Adds length (below 64 KiB) bytes from user space; the bytes added, 0 when unreadable. */
INLINE u32 store__user_bytes_part(struct jf_scratch *record, u64 address, u32 length)
{
	length = WITHIN(length);
	OPAQUE(length);
	length = WITHIN(length);
	if (!address || !length)
		return 0;
	if (bpf_probe_read_user(store__end(record), length, (void *)address)) {
		store__count_unreadable();
		return 0;
	}
	record->end += length;
	return length;
}

INLINE void store__user_bytes(struct jf_scratch *record, u32 param, u64 address, u32 length)
{
	store__length(record, param, store__user_bytes_part(record, address, length));
}

/* Eight bytes of the record, at bytes behind start; 0 beyond its end. */
INLINE u64 store__word(struct jf_scratch *record, u32 start, u32 at)
{
	u64 offset = (u64)WITHIN(start) + WITHIN(at);

	OPAQUE(offset);
	offset &= 2 * JF_MAX_RECORD - 1;
	if (offset > 2 * JF_MAX_RECORD - 8)
		return 0;
	return *(u64 *)&record->data[offset];
}

/* A record of fixed size that is being written into the ring. */
struct fixed {
	u8 *start;
	u32 end;
	u32 param;
};

INLINE void fixed__s64(struct fixed *record, s64 value)
{
	PUT(record->start + HEADER_SIZE + 2 * record->param++, u16, 8);
	PUT(record->start + record->end, s64, value);
	record->end += 8;
}

INLINE void fixed__u32(struct fixed *record, u32 value)
{
	PUT(record->start + HEADER_SIZE + 2 * record->param++, u16, 4);
	PUT(record->start + record->end, u32, value);
	record->end += 4;
}

INLINE void fixed__u16(struct fixed *record, u16 value)
{
	PUT(record->start + HEADER_SIZE + 2 * record->param++, u16, 2);
	PUT(record->start + record->end, u16, value);
	record->end += 2;
}

INLINE void fixed__u8(struct fixed *record, u8 value)
{
	PUT(record->start + HEADER_SIZE + 2 * record->param++, u16, 1);
	record->start[record->end] = value;
	record->end += 1;
}
