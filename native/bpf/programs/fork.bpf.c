/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* fork: like clone, without flags. */
#include "clone.h"

PROGRAM(fork)
{
	return clone__program(EVT_SYSCALL_FORK_20_X, ret, 0);
}
