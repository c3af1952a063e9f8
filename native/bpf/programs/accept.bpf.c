/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* accept */
#include "accept.h"

PROGRAM(accept)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_ACCEPT_5_X, EVT_SOCKET_ACCEPT_5_X_PARAMS);

	if (!record)
		return 0;
	/* 1 to 5 */
	accept__store(record, regs, ret);
	return program__submit(record, EVT_SOCKET_ACCEPT_5_X);
}
