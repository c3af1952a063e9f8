/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the programs share that are attached on request, beside sys_exit. */
#pragma once

#include "program.h"

/* The current task is the process whose events are dropped. */
INLINE bool tracepoint__is_own(void)
{
	struct jf_config *settings = base__config();

	return settings && FOLLOW(read__current(), tgid) == settings->self_tgid;
}
