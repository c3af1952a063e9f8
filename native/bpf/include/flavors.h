/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Types whose members differ between kernels 6.1 and now. The suffix after ___ is ignored when
 * libbpf looks for the type; the branch for the other kernel is removed before verification.
 */
#pragma once

#include "vmlinux.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* Until 6.5 (ctime) and 6.6 (mtime). */
struct inode___plain_times {
	struct timespec64 i_ctime;
	struct timespec64 i_mtime;
};

/* From 6.6 (ctime) and 6.7 (mtime) until 6.10. */
struct inode___hidden_times {
	struct timespec64 __i_ctime;
	struct timespec64 __i_mtime;
};

/* Until 6.7: the mounts of a namespace are a list, and a tree by their age since. */
struct mnt_namespace___list {
	struct list_head list;
};

struct mount___list {
	struct list_head mnt_list;
};

/* Until 6.14. */
struct kernfs_node___open_parent {
	struct kernfs_node *parent;
};

/*
 * Until 6.1: struct mm_rss_stat; a percpu_counter for each kind since. To be reached by way of
 * mm_struct only: a search for a type that the kernel does not have goes on in the modules, and
 * libbpf 1.1 needs CAP_SYS_ADMIN for that.
 */
struct rss_counter___old {
	s64 counter;
};

struct mm_rss_stat {
	struct rss_counter___old count[4];
};

struct mm_struct___old_rss {
	struct mm_rss_stat rss_stat;
};

#pragma clang attribute pop
