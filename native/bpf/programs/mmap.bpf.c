/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* mmap */
#include "memory.h"

PROGRAM(mmap)
{
	FIXED_BEGIN(record, EVT_SYSCALL_MMAP_X, 60);
	/* 1: res ERRNO */
	fixed__s64(&record, ret);
	/* 2: vm_size UINT32, 3: vm_rss UINT32, 4: vm_swap UINT32 */
	memory__fixed(&record, FOLLOW(read__current(), mm));
	/* 5: addr UINT64 */
	fixed__s64(&record, read__arg(regs, 0));
	/* 6: length UINT64 */
	fixed__s64(&record, read__arg(regs, 1));
	/* 7: prot FLAGS32 */
	fixed__u32(&record, convert__protection(read__arg(regs, 2)));
	/* 8: flags FLAGS32 */
	fixed__u32(&record, convert__mmap_flags(read__arg(regs, 3)));
	/* 9: fd FD */
	fixed__s64(&record, read__int_arg(regs, 4));
	/* 10: offset UINT64 */
	fixed__s64(&record, read__arg(regs, 5));
	FIXED_SUBMIT(record);
}
