/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* accept4 */
#include "accept.h"

PROGRAM(accept4)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_ACCEPT4_6_X, EVT_SOCKET_ACCEPT4_6_X_PARAMS);

	if (!record)
		return 0;
	/* 1 to 5 */
	accept__store(record, regs, ret);
	/* 6: flags INT32 */
	store__u32(record, 5, convert__fd_flags(read__arg(regs, 3)));
	return program__submit(record, EVT_SOCKET_ACCEPT4_6_X);
}
