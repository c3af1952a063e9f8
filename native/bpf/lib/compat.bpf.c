/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the program ia32 left for the program of the call. */
#include "store.h"

ONCE u64 read__compat_arg(u32 n)
{
	struct jf_scratch *record = store__current();

	return record ? record->compat_args[n & 7] : 0;
}

ONCE u32 read__compat_form(void)
{
	struct jf_scratch *record = store__current();

	return record ? record->compat_form : 0;
}
