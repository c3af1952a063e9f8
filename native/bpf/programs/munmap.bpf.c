/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* munmap */
#include "memory.h"

PROGRAM(munmap)
{
	FIXED_BEGIN(record, EVT_SYSCALL_MUNMAP_X, 36);
	/* 1: res ERRNO */
	fixed__s64(&record, ret);
	/* 2: vm_size UINT32, 3: vm_rss UINT32, 4: vm_swap UINT32 */
	memory__fixed(&record, FOLLOW(read__current(), mm));
	/* 5: addr UINT64 */
	fixed__s64(&record, read__arg(regs, 0));
	/* 6: length UINT64 */
	fixed__s64(&record, read__arg(regs, 1));
	FIXED_SUBMIT(record);
}
