/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The way from a directory entry up to the root of all mounts. No lock is held: a rename during the
 * walk can mix old and new names.
 */
#pragma once

#include "program.h"

/* A walk is done in parts, each a call of a function that the verifier looks at once. */
#define WALK_STEPS 96
/* Enough for the directories of a path of 4096 bytes, and some mounts. */
#define WALK_PARTS 22

enum walk_result {
	WALK_ON,  /* there is more to come */
	WALK_TOP, /* all names are there */
	WALK_CUT, /* a name could not be put in front */
};

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

INLINE void walk__save(const struct walk *walk, u64 *place)
{
	place[0] = (u64)walk->dentry;
	place[1] = (u64)walk->mount;
	place[2] = (u64)walk->root;
}

INLINE void walk__restore(struct walk *walk, const u64 *place)
{
	walk->dentry = (struct dentry *)place[0];
	walk->mount = (struct mount *)place[1];
	walk->root = (struct dentry *)place[2];
}

/* Where a walk begins. */
INLINE void walk__begin(u64 *place, struct dentry *dentry, struct vfsmount *mount)
{
	struct walk walk = { .dentry = dentry };

	walk__enter_mount(&walk, (struct mount *)((char *)mount -
						  bpf_core_field_offset(struct mount, mnt)));
	walk__save(&walk, place);
}

/* One step. prepend puts one name in front of those that to has; false when it cannot. */
INLINE enum walk_result walk__step(struct walk *walk, void *to,
				   bool (*prepend)(void *to, struct dentry *dentry))
{
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

	if (dentry == walk->root) {
		struct mount *above = BPF_CORE_READ(mount, mnt_parent);

		if (above == mount)
			return WALK_TOP;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk__enter_mount(walk, above);
		return WALK_ON;
	}
	if (dentry == parent)
		return WALK_TOP;
	if (!prepend(to, dentry))
		return WALK_CUT;
	walk->dentry = parent;
	return WALK_ON;
}

/* One part of a walk, from the place where it is. */
INLINE enum walk_result walk__part(u64 *place, void *to,
				   bool (*prepend)(void *to, struct dentry *dentry))
{
	enum walk_result result = WALK_ON;
	struct walk walk;
	int i;

	walk__restore(&walk, place);
	for (i = 0; i < WALK_STEPS; i++) {
		result = walk__step(&walk, to, prepend);
		if (result != WALK_ON)
			break;
	}
	walk__save(&walk, place);
	return result;
}
