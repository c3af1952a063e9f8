/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Arguments and environment of an exec that failed: they are still where the caller had them. */
#include "exec.h"

/* Adds strings from a NULL-ended array of pointers, at most limit bytes; the bytes added. */
ONCE int exec__store_array_part(u64 array, u32 limit)
{
	struct jf_scratch *record = store__current();
	u32 stride = exec__pointer_size();
	u32 start, total;
	int i;

	if (!record)
		return 0;
	start = record->end;
	for (i = 0; i < MAX_STRINGS; i++) {
		u64 text = read__user_long(array + i * stride);

		if (!text)
			break;
		store__user_text_part(record, text, MAX_TEXT);
		if (record->end - start >= limit)
			break;
	}
	total = record->end - start;
	if (total > limit)
		total = limit;
	record->end = start + total;
	if (total) {
		record->end--;
		store__u8_part(record, 0);
	}
	return total;
}
