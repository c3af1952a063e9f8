/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Facts about the file that a process executes. */
#pragma once

#include "program.h"

#define ID_MAP_EXTENTS 5
#define GROUP_SEARCH_STEPS 16

/* True when an id of the initial namespace has a number in this map's namespace. */
INLINE bool exe__mapped(struct uid_gid_map *map, u32 id)
{
	u32 extents = BPF_CORE_READ(map, nr_extents);
	int i;

	for (i = 0; i < ID_MAP_EXTENTS; i++) {
		u32 first, count;

		if (i >= extents)
			break;
		first = BPF_CORE_READ(map, extent[i].lower_first);
		count = BPF_CORE_READ(map, extent[i].count);
		if (id >= first && id - first < count)
			return true;
	}
	return false;
}

/* True when the group is a supplementary one; they are sorted. Uses two of the record's slots. */
INLINE bool exe__in_groups(struct jf_scratch *record, const struct cred *cred, u32 group)
{
	struct group_info *groups = BPF_CORE_READ(cred, group_info);
	u64 *low = &record->slots[0];
	u64 *high = &record->slots[1];
	int i;

	if (!groups)
		return false;
	*low = 0;
	*high = BPF_CORE_READ(groups, ngroups);
	for (i = 0; i < GROUP_SEARCH_STEPS; i++) {
		u64 middle = (*low + *high) / 2;
		u32 found;

		if (*low >= *high)
			break;
		found = BPF_CORE_READ(groups, gid[middle].val);
		if (found == group)
			return true;
		if (found < group)
			*low = middle + 1;
		else
			*high = middle;
	}
	return false;
}

INLINE u64 exe__capabilities(const kernel_cap_t *set)
{
	u64 bits = 0;

	/* 41 capabilities have names. */
	bpf_probe_read_kernel(&bits, sizeof(bits), set);
	return bits & ((1ull << 41) - 1);
}

/* True when root's rights inside a user namespace reach the file. */
INLINE bool exe__overridable(const struct cred *cred, u32 uid, u32 gid)
{
	struct user_namespace *ns = BPF_CORE_READ(cred, user_ns);
	u64 effective = exe__capabilities(&cred->cap_effective);

	if (!ns || !exe__mapped(&ns->uid_map, uid))
		return false;
	if (effective & (1ull << CAP_FOWNER))
		return true;
	return (effective & (1ull << CAP_DAC_OVERRIDE)) && exe__mapped(&ns->gid_map, gid);
}

/* True when the process can write the file that it executes, or make itself able to. */
INLINE bool exe__writable(struct jf_scratch *record, const struct cred *cred, struct inode *inode)
{
	u32 mode = BPF_CORE_READ(inode, i_mode);
	u32 kind = mode & S_IFMT;
	u32 uid = BPF_CORE_READ(inode, i_uid.val);
	u32 gid = BPF_CORE_READ(inode, i_gid.val);

	if ((BPF_CORE_READ(inode, i_sb, s_flags) & SB_RDONLY) &&
	    (kind == S_IFREG || kind == S_IFDIR || kind == S_IFLNK))
		return false;
	if (BPF_CORE_READ(inode, i_flags) & S_IMMUTABLE)
		return false;
	if (uid == (u32)-1 || gid == (u32)-1)
		return false;
	if (BPF_CORE_READ(cred, fsuid.val) == uid)
		return true;
	if (BPF_CORE_READ(cred, fsgid.val) == gid || exe__in_groups(record, cred, gid))
		mode >>= 3;
	if (mode & 2)
		return true;
	return exe__overridable(cred, uid, gid);
}

/* A memfd's dentry stands alone and has a name with this prefix. */
INLINE bool exe__from_memfd(struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	char prefix[8] = {};

	if (!dentry || BPF_CORE_READ(dentry, d_parent) != dentry)
		return false;
	bpf_probe_read_kernel_str(prefix, 7, BPF_CORE_READ(dentry, d_name.name));
	return prefix[0] == 'm' && prefix[1] == 'e' && prefix[2] == 'm' && prefix[3] == 'f' &&
	       prefix[4] == 'd' && prefix[5] == ':';
}

INLINE u32 exe__flags(struct jf_scratch *record, const struct cred *cred, struct file *file,
		      struct inode *inode)
{
	u32 flags = 0;

	if (!file)
		return 0;
	if (cred && exe__writable(record, cred, inode))
		flags |= execve_flags__EXE_WRITABLE;
	if (BPF_CORE_READ(inode, i_sb, s_magic) == OVERLAYFS_SUPER_MAGIC)
		flags |= read__overlay_layer(file) == OVERLAY_UPPER ? execve_flags__EXE_UPPER_LAYER
								    : execve_flags__EXE_LOWER_LAYER;
	if (exe__from_memfd(file))
		flags |= execve_flags__EXE_FROM_MEMFD;
	return flags;
}

/* From 6.13 the top bit of i_ctime_nsec says that somebody asked for the time; it is no part of it. */
#define EXE_NANOSECONDS_MASK 0x7fffffff

INLINE u64 exe__nanoseconds(s64 seconds, u64 nanoseconds)
{
	return seconds < 0 ? 0 : seconds * 1000000000ull + (nanoseconds & EXE_NANOSECONDS_MASK);
}

/* One of the times of an inode, in nanoseconds since the epoch. */
#define EXE_TIME(inode, which)                                                                     \
	({                                                                                         \
		struct inode___plain_times *plain_ = (void *)(inode);                              \
		struct inode___hidden_times *hidden_ = (void *)(inode);                            \
		u64 time_;                                                                         \
		if (bpf_core_field_exists((inode)->i_##which##_sec))                               \
			time_ = exe__nanoseconds(BPF_CORE_READ(inode, i_##which##_sec),            \
						 BPF_CORE_READ(inode, i_##which##_nsec));          \
		else if (bpf_core_field_exists(hidden_->__i_##which))                              \
			time_ = exe__nanoseconds(BPF_CORE_READ(hidden_, __i_##which.tv_sec),       \
						 BPF_CORE_READ(hidden_, __i_##which.tv_nsec));     \
		else                                                                               \
			time_ = exe__nanoseconds(BPF_CORE_READ(plain_, i_##which.tv_sec),          \
						 BPF_CORE_READ(plain_, i_##which.tv_nsec));        \
		time_;                                                                             \
	})
