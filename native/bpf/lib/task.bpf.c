/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The cgroups of a task, as "<controller>=<path>" for five controllers. */
#include "task.h"

/* Components of a cgroup's path that are kept, counted from its end. */
#define MAX_CGROUP_DEPTH 16

/* Puts the names of a cgroup's kernfs nodes into the slots, from the leaf up, without the root. */
INLINE void task__read_cgroup_names(struct jf_scratch *record, struct kernfs_node *node)
{
	u32 i;

	record->cursor = 0;
	for (i = 0; i < MAX_CGROUP_DEPTH; i++) {
		struct kernfs_node *parent;

		if (!node)
			break;
		if (bpf_core_field_exists(node->__parent))
			parent = BPF_CORE_READ(node, __parent);
		else
			parent = BPF_CORE_READ((struct kernfs_node___open_parent *)node, parent);
		if (!parent)
			break;
		record->slots[i] = (u64)BPF_CORE_READ(node, name);
		record->cursor = i + 1;
		node = parent;
	}
}

/* Adds "<controller>=<path>" with its NUL. */
INLINE void task__store_cgroup(struct jf_scratch *record, struct cgroup_subsys_state *css)
{
	int i;

	if (!store__kernel_text_part(record, BPF_CORE_READ(css, ss, name), 64))
		return;
	record->end--;
	store__u8_part(record, '=');
	task__read_cgroup_names(record, BPF_CORE_READ(css, cgroup, kn));
	if (!record->cursor)
		store__u8_part(record, '/');
	for (i = MAX_CGROUP_DEPTH - 1; i >= 0; i--) {
		if (i >= record->cursor)
			continue;
		store__u8_part(record, '/');
		if (store__kernel_text_part(record, (void *)record->slots[i], 256))
			record->end--;
	}
	store__u8_part(record, 0);
}

#define TASK_STORE_CGROUP(record, task, id)                                                        \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, id))                                 \
	task__store_cgroup(record,                                                                 \
			   BPF_CORE_READ(task, cgroups,                                            \
					 subsys[bpf_core_enum_value(enum cgroup_subsys_id, id)]))

ONCE int task__store_cgroups(u32 param, u32 slot, u64 address)
{
	struct jf_scratch *record = store__in(slot);
	struct task_struct *task = (struct task_struct *)address;
	u32 start;

	if (!record)
		return 0;
	start = record->end;
	TASK_STORE_CGROUP(record, task, cpuset_cgrp_id);
	TASK_STORE_CGROUP(record, task, cpu_cgrp_id);
	TASK_STORE_CGROUP(record, task, cpuacct_cgrp_id);
	TASK_STORE_CGROUP(record, task, io_cgrp_id);
	TASK_STORE_CGROUP(record, task, memory_cgrp_id);
	store__length(record, param & 31, record->end - start);
	return 0;
}
