/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* vfork: like clone, without flags. */
#include "clone.h"

PROGRAM(vfork)
{
	return clone__program(EVT_SYSCALL_VFORK_20_X, ret, 0);
}
