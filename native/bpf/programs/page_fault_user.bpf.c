/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A page fault of a program. Attached on request. */
#include "fault.h"

#ifdef __TARGET_ARCH_x86
SEC("tp_btf/page_fault_user")
int BPF_PROG(page_fault_user, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	return fault__program(address, regs, error);
}
#endif
