/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The path of an open file or of a directory, from dentries and mounts (bpf_d_path cannot be called
 * here). Unlike d_path, nothing is added for deleted files.
 */
#include "path.h"
#include "walk.h"

/*
 * Puts one name in front; false when it cannot be read, or has no room. The start is kept in the map,
 * where the verifier does not follow its value: else it would look at every combination of lengths.
 */
INLINE bool path__prepend(void *to, struct dentry *dentry)
{
	struct jf_scratch *record = to;
	u32 length = BPF_CORE_READ(dentry, d_name.len) & 0xff;
	const unsigned char *name = BPF_CORE_READ(dentry, d_name.name);

	OPAQUE(length);
	length &= 0xff;
	if (!length || record->cursor <= length ||
	    bpf_probe_read_kernel(path__at(record, record->cursor - length), length, name))
		return false;
	record->cursor -= length + 1;
	*path__at(record, record->cursor) = '/';
	return true;
}

ONCE int path__climb(u32 slot)
{
	struct jf_scratch *record = store__in(slot);

	return record ? walk__part(record->walk, record, path__prepend) : WALK_CUT;
}

ONCE int path__assemble(u64 address, u32 slot)
{
	struct jf_scratch *record = store__in(slot);
	struct path *path = (struct path *)address;
	int result = WALK_ON;
	int i;

	if (!record)
		return 0;
	walk__begin(record->walk, BPF_CORE_READ(path, dentry), BPF_CORE_READ(path, mnt));
	*path__at(record, PATH_SPACE - 1) = 0;
	record->cursor = PATH_SPACE - 1;
	for (i = 0; i < WALK_PARTS; i++) {
		result = path__climb(slot);
		if (result != WALK_ON)
			break;
	}
	if (result != WALK_TOP || record->cursor < PATH_SPACE - MAX_TEXT)
		record->cut = 1;
	return record->cursor;
}
