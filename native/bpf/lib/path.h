/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The path of an open file. */
#pragma once

#include "program.h"

/* The path grows from here towards the start of the temporary half of the scratch data. */
#define PATH_SPACE 0x8000

INLINE u8 *path__at(struct jf_scratch *record, u32 offset)
{
	u64 bounded = offset & (PATH_SPACE - 1);

	OPAQUE(bounded);
	bounded &= PATH_SPACE - 1;
	return &record->data[JF_MAX_RECORD + bounded];
}

/*
 * Puts the path at this address (a struct path) together in a slot of scratch; returns where it
 * begins. Notes a cut when it is longer than what is kept; of one beyond PATH_SPACE the beginning is
 * missing. In path.bpf.c.
 */
int path__assemble(u64 path, u32 slot);

INLINE void path__store_at(struct jf_scratch *record, u32 param, struct path *path)
{
	u32 start = path__assemble((u64)path, bpf_get_smp_processor_id());

	/* No name was found on the way: "/" itself, or a file without a place, like a memfd. */
	if (start == PATH_SPACE - 1)
		store__kernel_text(record, param, BPF_CORE_READ(path, dentry, d_name.name), 256);
	else
		store__kernel_text(record, param, path__at(record, start), MAX_TEXT);
}

/* Stores the path of a file (may be NULL) as one parameter. */
INLINE void path__store(struct jf_scratch *record, u32 param, struct file *file)
{
	if (!file) {
		store__empty(record, param);
		return;
	}
	path__store_at(record, param,
		       (struct path *)((char *)file + bpf_core_field_offset(struct file, f_path)));
}
