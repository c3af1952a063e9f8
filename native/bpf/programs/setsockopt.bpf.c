/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* setsockopt */
#include "sockopt.h"

PROGRAM(setsockopt)
{
	return sockopt__program(EVT_SOCKET_SETSOCKOPT_X, regs, ret, (u16)read__arg(regs, 4));
}
