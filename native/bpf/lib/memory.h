/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Sizes of an address space in KiB, for records of fixed size. */
#pragma once

#include "task.h"

struct memory_sizes {
	u32 size;
	u32 resident;
	u32 swapped;
};

/* All zero for a kernel thread, which has none. */
INLINE void memory__read(struct memory_sizes *sizes, struct mm_struct *mm)
{
	if (!mm)
		return;
	sizes->size = FOLLOW(mm, total_vm) << PAGE_KIB_SHIFT;
	sizes->resident = (TASK_PAGES(mm, 0) + TASK_PAGES(mm, 1) + TASK_PAGES(mm, 3))
			  << PAGE_KIB_SHIFT;
	sizes->swapped = TASK_PAGES(mm, 2) << PAGE_KIB_SHIFT;
}

/* vm_size, vm_rss and vm_swap: the same three parameters everywhere. */
INLINE void memory__fixed(struct fixed *record, struct mm_struct *mm)
{
	struct memory_sizes sizes = {};

	memory__read(&sizes, mm);
	/* vm_size UINT32 */
	fixed__u32(record, sizes.size);
	/* vm_rss UINT32 */
	fixed__u32(record, sizes.resident);
	/* vm_swap UINT32 */
	fixed__u32(record, sizes.swapped);
}
