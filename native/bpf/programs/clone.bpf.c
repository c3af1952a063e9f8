/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* clone: returns twice, and each return is an event. */
#include "clone.h"

PROGRAM(clone)
{
	return clone__program(EVT_SYSCALL_CLONE_20_X, ret, read__arg(regs, 0));
}
