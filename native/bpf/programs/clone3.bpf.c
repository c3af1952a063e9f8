/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* clone3: like clone, but the flags are the first member of a struct in user memory. */
#include "clone.h"

PROGRAM(clone3)
{
	u64 flags = 0;

	bpf_probe_read_user(&flags, sizeof(flags), (void *)read__arg(regs, 0));
	return clone__program(EVT_SYSCALL_CLONE3_X, ret, flags);
}
