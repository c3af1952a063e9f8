/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the programs of the open family share. */
#pragma once

#include "names.h"

/* The portable flags of an open call, with what the file itself tells. */
INLINE u32 open__flags(u32 flags, const struct file_facts *facts)
{
	u32 out = convert__open_flags(flags);

	if (facts->created)
		out |= file_flags__O_F_CREATED;
	if (facts->overlay == OVERLAY_UPPER)
		out |= file_flags__FD_UPPER_LAYER;
	else if (facts->overlay == OVERLAY_LOWER)
		out |= file_flags__FD_LOWER_LAYER;
	return out;
}
