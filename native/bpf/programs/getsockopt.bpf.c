/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getsockopt: the kernel has put the real length into the caller's variable. */
#include "sockopt.h"

PROGRAM(getsockopt)
{
	u32 length = 0;

	bpf_probe_read_user(&length, sizeof(length), (void *)read__arg(regs, 4));
	return sockopt__program(EVT_SOCKET_GETSOCKOPT_X, regs, ret, length);
}
