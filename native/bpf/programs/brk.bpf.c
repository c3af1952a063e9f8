/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* brk: returns the new or the unchanged end of the data segment, never an error. */
#include "memory.h"

PROGRAM(brk)
{
	FIXED_BEGIN(record, EVT_SYSCALL_BRK_4_X, 28);
	/* 1: res UINT64 */
	fixed__s64(&record, ret);
	/* 2: vm_size UINT32, 3: vm_rss UINT32, 4: vm_swap UINT32 */
	memory__fixed(&record, FOLLOW(read__current(), mm));
	/* 5: addr UINT64 */
	fixed__s64(&record, read__arg(regs, 0));
	FIXED_SUBMIT(record);
}
