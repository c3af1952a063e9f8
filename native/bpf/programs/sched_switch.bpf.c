/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The scheduler takes the CPU from a task and gives it to the next. Attached on request. */
#include "memory.h"
#include "tracepoint.h"

SEC("tp_btf/sched_switch")
int BPF_PROG(sched_switch, bool preempt, struct task_struct *previous, struct task_struct *next)
{
	if (tracepoint__is_own())
		return 0;
	FIXED_BEGIN(record, EVT_SCHEDSWITCH_6_E, 36);
	/* 1: next PID */
	fixed__s64(&record, next->pid);
	/* 2: pgft_maj UINT64 */
	fixed__s64(&record, previous->maj_flt);
	/* 3: pgft_min UINT64 */
	fixed__s64(&record, previous->min_flt);
	/* 4: vm_size UINT32, 5: vm_rss UINT32, 6: vm_swap UINT32 */
	memory__fixed(&record, previous->mm);
	FIXED_SUBMIT(record);
}
