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

/* The two limits of a struct rlimit; a 32-bit program's "unlimited" has 32 bits. */
INLINE bool rlimit__read(u64 address, struct user_rlimit *limit)
{
	if (!read__user_longs(address, &limit->cur))
		return false;
	if (read__is_compat(read__current())) {
		if (limit->cur == 0xffffffff)
			limit->cur = -1;
		if (limit->max == 0xffffffff)
			limit->max = -1;
	}
	return true;
}
