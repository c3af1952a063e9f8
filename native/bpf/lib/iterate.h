/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the iterators share. Their records go to whoever reads the iterator's file, not into a ring;
 * the thread in the header is the process's number in the upper half, and the thread's in the lower.
 */
#pragma once

#include "program.h"

/* Starts a record about a task; NULL when there is no scratch space. */
INLINE struct jf_scratch *iterate__begin(u32 slot, u32 event, u32 params, u64 tgid, u32 pid)
{
	struct jf_config *settings = base__config();
	struct jf_scratch *record = store__in(slot);

	if (!record || !settings)
		return NULL;
	store__header(record->data, base__now(settings), 0, 0, event, params);
	PUT(&record->data[8], u64, tgid << 32 | pid);
	record->end = HEADER_SIZE + 2 * params;
	return record;
}

/* Sets the time of a record to now. */
INLINE void iterate__stamp(struct jf_scratch *record)
{
	struct jf_config *settings = base__config();

	if (settings)
		PUT(&record->data[0], u64, base__now(settings));
}

/* The slot of scratch that is the iterators' own. */
INLINE u32 iterate__slot(void)
{
	struct jf_config *settings = base__config();

	return settings ? settings->iterator_slot : 0;
}

/*
 * Writes a record; the result of the program. 1 asks for the same object again, when what was
 * written before has been read. A record longer than the file's buffer would fail for ever.
 */
INLINE int iterate__submit(struct jf_scratch *record, struct seq_file *file)
{
	u64 length = record->end;

	OPAQUE(length);
	if (length > JF_MAX_RECORD || (!file->count && length >= file->size)) {
		struct jf_stats *counters = base__stats();

		if (counters)
			counters->drops_max_event_size++;
		return 0;
	}
	PUT(&record->data[16], u32, length);
	return bpf_seq_write(file, record->data, length) != 0;
}
