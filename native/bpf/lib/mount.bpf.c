/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The mounts of the current task's namespace. */
#include "mount.h"
#include "names.h"

/* Levels of the tree of mounts. */
#define MOUNT_LEVELS 40

INLINE struct mount *end_of_list(struct mnt_namespace *namespace)
{
	struct mnt_namespace___list *old = (void *)namespace;
	struct list_head *last = BPF_CORE_READ(old, list.prev);

	return (void *)last - bpf_core_field_offset(struct mount___list, mnt_list);
}

INLINE struct mount *end_of_tree(struct mnt_namespace *namespace)
{
	struct rb_node *node = BPF_CORE_READ(namespace, mounts.rb_node);
	int i;

	for (i = 0; i < MOUNT_LEVELS; i++) {
		struct rb_node *right = BPF_CORE_READ(node, rb_right);

		if (!right)
			break;
		node = right;
	}
	return (void *)node - bpf_core_field_offset(struct mount, mnt_node);
}

ONCE int mount__keep_newest(void)
{
	struct jf_names *slot = names__claim(read__current());
	struct mnt_namespace *namespace =
		BPF_CORE_READ(read__current(), nsproxy, mnt_ns);
	struct mnt_namespace___list *old = (void *)namespace;
	struct mount *newest;

	if (bpf_core_field_exists(old->list))
		newest = end_of_list(namespace);
	else
		newest = end_of_tree(namespace);
	if (slot)
		names__keep(slot, BPF_CORE_READ(newest, mnt_devname), NAMES_DEVICE, 1,
			    JF_NAME_SIZE);
	return 0;
}
