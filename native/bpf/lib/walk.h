/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The way from a directory entry up to the root of all mounts. No lock is held: a rename during the
 * walk can mix old and new names.
 */
#pragma once

#include "program.h"

#define WALK_STEPS 96

struct walk {
	struct dentry *dentry;
	struct mount *mount;
	struct dentry *root; /* of the mount */
};

INLINE void walk__enter_mount(struct walk *walk, struct mount *mount)
{
	walk->mount = mount;
	walk->root = BPF_CORE_READ(mount, mnt.mnt_root);
}

INLINE void walk__begin(struct walk *walk, struct dentry *dentry, struct vfsmount *mount)
{
	walk->dentry = dentry;
	walk__enter_mount(walk, (struct mount *)((char *)mount -
						 bpf_core_field_offset(struct mount, mnt)));
}

/*
 * One step; false when there, or when prepend is: it puts one name in front of those it has.
 */
INLINE bool walk__step(struct walk *walk, void *to,
		       bool (*prepend)(void *to, struct dentry *dentry))
{
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

	if (dentry == walk->root) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);

		if (above == mount)
			return false;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk__enter_mount(walk, above);
		return true;
	}
	if (dentry == parent || !prepend(to, dentry))
		return false;
	walk->dentry = parent;
	return true;
}
