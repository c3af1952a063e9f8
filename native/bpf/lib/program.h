/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What a program includes. A program for a system call is named x_<syscall>; sys_exit has done
 * the filtering and jumps to it with its own arguments.
 *
 *	PROGRAM(dup)
 *	{
 *		struct jf_scratch *record = program__begin(EVT_..., EVT_..._PARAMS);
 *
 *		if (!record)
 *			return 0;
 *		store__s64(record, 0, ret);
 *		...
 *		return program__submit(record, EVT_...);
 *	}
 */
#pragma once

#include "convert.h"
#include "store.h"

/* Each object must carry the licence; the linker merges the sections. */
static char LICENSE[] SEC("license") __attribute__((used)) = "Dual MIT/GPL";

#define PROGRAM(name)                                                                              \
	INLINE int run_##name(const struct call *regs, long ret);                                  \
	SEC("tp_btf/sys_exit")                                                                     \
	int BPF_PROG(x_##name, struct pt_regs *registers, long ret)                                \
	{                                                                                          \
		struct call call = {registers, read__is_compat(read__current())};                  \
		return run_##name(&call, ret);                                                     \
	}                                                                                          \
	INLINE int run_##name(const struct call *regs, long ret)

/* Wakes the reader only when its ring is filled beyond the threshold, if there is one. */
INLINE u64 program__submit_flags(const struct jf_config *settings, void *ring)
{
	u32 threshold = settings->wakeup_bytes;

	if (threshold && bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) >= threshold)
		return BPF_RB_FORCE_WAKEUP;
	return BPF_RB_NO_WAKEUP;
}

/* Starts a record of variable size; NULL (counted) when this CPU has no scratch space. */
INLINE struct jf_scratch *program__begin(u32 event, u32 params)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct jf_config *settings = base__config();
	struct jf_scratch *record = bpf_map_lookup_elem(&scratch, &cpu);

	if (!record || !settings) {
		struct jf_stats *counters = bpf_map_lookup_elem(&stats, &cpu);

		if (counters)
			counters->drops_scratch++;
		return NULL;
	}
	store__header(record->data, base__now(settings), FOLLOW(read__current(), pid), 0, event,
		      params);
	record->end = HEADER_SIZE + 2 * params;
	record->differs = 0;
	record->cut = 0;
	record->compared = 0;
	record->kept = settings->kept;
	return record;
}

/* Sends a record of variable size. Returns 0, the result of every program. */
INLINE int program__submit(struct jf_scratch *record, u32 event)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct jf_stats *counters = bpf_map_lookup_elem(&stats, &cpu);
	struct jf_config *settings = base__config();
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	u64 length = record->end;

	if (!counters || !settings)
		return 0;
	counters->n_evts++;
	if (!ring) {
		counters->drops_bug++;
		return 0;
	}
	OPAQUE(length);
	if (length > JF_MAX_RECORD) {
		counters->drops_max_event_size++;
		return 0;
	}
	PUT(&record->data[16], u32, length);
	if (bpf_ringbuf_output(ring, record->data, length, program__submit_flags(settings, ring)))
		base__count_full_ring(counters, event);
	return 0;
}

/* Starts a record of fixed size in the ring; start is NULL (counted) when there is no room. */
#define FIXED_BEGIN(record, event, size)                                                           \
	struct fixed record = {};                                                                  \
	u32 record##_cpu = bpf_get_smp_processor_id();                                             \
	struct jf_stats *record##_stats = bpf_map_lookup_elem(&stats, &record##_cpu);              \
	struct jf_config *record##_config = base__config();                                        \
	void *record##_ring = bpf_map_lookup_elem(&rings, &record##_cpu);                          \
	if (!record##_stats || !record##_config)                                                   \
		return 0;                                                                          \
	record##_stats->n_evts++;                                                                  \
	if (!record##_ring) {                                                                      \
		record##_stats->drops_bug++;                                                       \
		return 0;                                                                          \
	}                                                                                          \
	record.start =                                                                             \
		bpf_ringbuf_reserve(record##_ring, HEADER_SIZE + 2 * event##_PARAMS + (size), 0);  \
	if (!record.start) {                                                                       \
		base__count_full_ring(record##_stats, event);                                      \
		return 0;                                                                          \
	}                                                                                          \
	store__header(record.start, base__now(record##_config), FOLLOW(read__current(), pid),      \
		      HEADER_SIZE + 2 * event##_PARAMS + (size), event, event##_PARAMS);           \
	record.end = HEADER_SIZE + 2 * event##_PARAMS

#define FIXED_SUBMIT(record)                                                                       \
	bpf_ringbuf_submit(record.start, program__submit_flags(record##_config, record##_ring));   \
	return 0
