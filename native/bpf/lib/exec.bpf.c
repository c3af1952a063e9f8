/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Arguments and environment of an exec that failed: they are still where the caller had them. */
#include "exec.h"

/* As read__user_long; what cannot be read is counted. */
ONCE u64 exec__read_pointer(u64 address)
{
	u32 size = exec__pointer_size();
	u64 value = 0;

	if (bpf_probe_read_user(&value, size & 15, (void *)address))
		store__count_unreadable();
	return value;
}

ONCE int exec__store_array_part(u64 array, u32 limit)
{
	struct jf_scratch *record = store__current();
	u32 stride = exec__pointer_size();
	u32 start, total;
	int i;

	if (!record)
		return 0;
	start = record->end;
	limit &= JF_MAX_RECORD / 2 - 1;
	for (i = 0; i < MAX_STRINGS; i++) {
		u64 text = exec__read_pointer(array + i * stride);
		u64 room;

		if (!text)
			break;
		room = limit - (record->end - start);
		if (room - 1 >= JF_MAX_RECORD / 2 - 1)
			break;
		/* One more, to see whether it fits. */
		room++;
		OPAQUE(room);
		store__user_text_part(record, text, room & (JF_MAX_RECORD / 2 - 1));
	}
	total = record->end - start;
	if (total > limit || exec__read_pointer(array + i * stride))
		record->cut = 1;
	if (total > limit)
		total = limit;
	record->end = start + total;
	if (total) {
		record->end--;
		store__u8_part(record, 0);
	}
	return total;
}

/* Words that one call of print_part takes in. */
#define PRINT_WORDS 256
/* Calls for the longest text. */
#define PRINT_PARTS (JF_MAX_RECORD / 8 / PRINT_WORDS)

/*
 * A fingerprint that nobody can aim at who does not know the seed: both factors are masked by it, or by
 * what came out of it.
 */
INLINE u64 print_word(u64 print, u64 word, u64 seed)
{
	u64 mixed = print ^ word;

	return (u64)(u32)mixed * (mixed >> 32) + (mixed << 23 | mixed >> 41) + seed;
}

/* Words that follow at bytes behind start, up to length. */
ONCE u64 exec__print_part(u64 print, u64 seed, u32 start, u32 at, u32 length)
{
	struct jf_scratch *record = store__current();
	u32 i;

	if (!record)
		return 0;
	for (i = 0; i < PRINT_WORDS; i++) {
		u32 from = at + 8 * i;
		u64 word;

		if (from >= length)
			break;
		word = store__word(record, start, from);
		if (length - from < 8)
			word &= (1ull << 8 * (length - from)) - 1;
		print = print_word(print, word, seed);
	}
	return print;
}

ONCE u64 exec__print(u64 print, u64 seed, u32 start, u32 length)
{
	u32 i;

	for (i = 0; i < PRINT_PARTS; i++) {
		if (8 * PRINT_WORDS * i >= length)
			break;
		print = exec__print_part(print, seed, start, 8 * PRINT_WORDS * i, length);
	}
	return print_word(print, length, seed);
}
