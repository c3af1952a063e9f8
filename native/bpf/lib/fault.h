/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Page faults, which x86 alone has tracepoints for. */
#pragma once

#include "tracepoint.h"

#ifdef __TARGET_ARCH_x86
/* Each bit of the processor's error code says one of two things, or one thing. */
INLINE u32 fault__flags(u64 error)
{
	u32 out = error & 1 ? pf_flags__PROTECTION_VIOLATION : pf_flags__PAGE_NOT_PRESENT;

	out |= error & 2 ? pf_flags__WRITE_ACCESS : pf_flags__READ_ACCESS;
	out |= error & 4 ? pf_flags__USER_FAULT : pf_flags__SUPERVISOR_FAULT;
	out |= BIT_TO(error, 8, pf_flags__RESERVED_PAGE);
	out |= BIT_TO(error, 16, pf_flags__INSTRUCTION_FETCH);
	return out;
}

INLINE int fault__program(u64 address, struct pt_regs *regs, u64 error)
{
	if (tracepoint__is_own())
		return 0;
	FIXED_BEGIN(record, EVT_PAGE_FAULT_E, 20);
	/* 1: addr UINT64 */
	fixed__s64(&record, address);
	/* 2: ip UINT64 */
	fixed__s64(&record, regs->ip);
	/* 3: error FLAGS32 */
	fixed__u32(&record, fault__flags(error));
	FIXED_SUBMIT(record);
}
#endif
