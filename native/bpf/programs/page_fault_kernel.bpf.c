/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A page fault of the kernel, for example while it copies from a program's memory. Attached on request. */
#include "fault.h"

#ifdef __TARGET_ARCH_x86
SEC("tp_btf/page_fault_kernel")
int BPF_PROG(page_fault_kernel, unsigned long address, struct pt_regs *regs, unsigned long error)
{
	return fault__program(address, regs, error);
}
#endif
