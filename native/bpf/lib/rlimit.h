/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Resource limits. */
#pragma once

#include "program.h"

/* Resources have the kernel's numbers. */
INLINE u32 rlimit__resource(u32 resource)
{
	return resource <= rlimit_resources__RLIMIT_RTTIME ? resource
							   : rlimit_resources__RLIMIT_UNKNOWN;
}
