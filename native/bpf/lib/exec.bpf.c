/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Arguments and environment of an exec that failed: they are still where the caller had them. */
#include "exec.h"

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
		u64 text = read__user_long(array + i * stride);
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
	if (total > limit || read__user_long(array + i * stride))
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
