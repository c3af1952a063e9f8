/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Numbers of users and groups in the caller's memory. */
#pragma once

#include "program.h"

/* One number, 0 when unreadable; old calls of 32-bit programs have them with 16 bits. */
INLINE u32 id__read(u64 address)
{
	u32 id = 0;
	u16 narrow = 0;

	if (read__is_compat(read__current()) &&
	    read__compat_form() == COMPAT_IDS16_OUT) {
		bpf_probe_read_user(&narrow, sizeof(narrow), (void *)address);
		return narrow;
	}
	bpf_probe_read_user(&id, sizeof(id), (void *)address);
	return id;
}
