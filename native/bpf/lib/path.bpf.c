/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The path of an open file or of a directory, from dentries and mounts (bpf_d_path cannot be called here). No
 * lock is held: a rename during the walk can mix old and new names. Unlike d_path, nothing is
 * added for deleted files.
 */
#include "path.h"

#define PATH_COMPONENTS 96

struct path_walk {
	struct dentry *dentry;
	struct mount *mount;
	struct dentry *root; /* of the mount */
};

INLINE void path__enter_mount(struct path_walk *walk, struct mount *mount)
{
	walk->mount = mount;
	walk->root = BPF_CORE_READ(mount, mnt.mnt_root);
}

/*
 * Puts one name in front; false when it cannot be read. The start is kept in the map, where the
 * verifier does not follow its value: else it would look at every combination of lengths.
 */
INLINE bool path__prepend(struct jf_scratch *record, struct dentry *dentry)
{
	u32 length = BPF_CORE_READ(dentry, d_name.len) & 0xff;
	const unsigned char *name = BPF_CORE_READ(dentry, d_name.name);

	OPAQUE(length);
	length &= 0xff;
	if (!length ||
	    bpf_probe_read_kernel(path__at(record, record->cursor - length), length, name))
		return false;
	record->cursor -= length + 1;
	*path__at(record, record->cursor) = '/';
	return true;
}

/* One step towards the root of all mounts; false when there. */
INLINE bool path__step(struct jf_scratch *record, struct path_walk *walk)
{
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

	if (dentry == walk->root) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);

		if (above == mount)
			return false;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		path__enter_mount(walk, above);
		return true;
	}
	if (dentry == parent || !path__prepend(record, dentry))
		return false;
	walk->dentry = parent;
	return true;
}

ONCE int path__assemble(u64 address)
{
	struct jf_scratch *record = store__current();
	struct path *path = (struct path *)address;
	struct path_walk walk = {};
	struct vfsmount *vfsmount;
	int i;

	if (!record)
		return 0;
	walk.dentry = BPF_CORE_READ(path, dentry);
	vfsmount = BPF_CORE_READ(path, mnt);
	path__enter_mount(&walk, (struct mount *)((char *)vfsmount -
						  bpf_core_field_offset(struct mount, mnt)));
	*path__at(record, PATH_SPACE - 1) = 0;
	record->cursor = PATH_SPACE - 1;
	for (i = 0; i < PATH_COMPONENTS; i++) {
		if (!path__step(record, &walk))
			break;
	}
	return record->cursor;
}
