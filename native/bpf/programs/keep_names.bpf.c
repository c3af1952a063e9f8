/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps the paths that system calls really used. The kernel copies a path into an object of its
 * own before it looks at it and frees the object when the call is done: there is no later moment
 * at which it is there, and no earlier one at which it is final. The program of the call then
 * compares it with what user memory holds.
 */
#include "names.h"

/* Paths shorter than this stand behind their struct filename, in the same object. */
#define EMBEDDED_NAME_MIN (JF_NAME_SIZE - 64)

/* Whether anyone wants the system call that the task is in. */
INLINE bool is_wanted(struct task_struct *task, u32 *number)
{
	struct pt_regs *regs;
	u8 *wanted;

	if (!bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs)) {
		*number = -1;
		return true;
	}
	regs = (struct pt_regs *)bpf_task_pt_regs(task);
	*number = read__number(regs);
	wanted = bpf_map_lookup_elem(&interest, number);
	return wanted && *wanted;
}

/* A path in an address has no address of its own; 32-bit calls have other numbers. */
INLINE bool is_of_socket(struct task_struct *task, u32 number)
{
	return number == NR_connect || number == NR_bind || read__is_compat(task);
}

SEC("tp_btf/kmem_cache_free")
int BPF_PROG(keep_names, unsigned long caller, const void *object, const struct kmem_cache *cache)
{
	struct jf_config *settings;
	struct task_struct *task;
	struct jf_names *slot;
	u32 number;
	struct {
		u64 name;
		u64 user;
	} head;

	/* Objects for paths are the only ones of this size that are freed often. */
	if (cache->object_size != JF_NAME_SIZE)
		return 0;
	task = bpf_get_current_task_btf();
	settings = base__config();
	if (!settings || task->tgid == settings->self_tgid || task->flags & PF_KTHREAD ||
	    !is_wanted(task, &number))
		return 0;
	slot = names__claim(task);
	if (!slot || bpf_probe_read_kernel(&head, sizeof(head), object))
		return 0;
	if (head.name == (u64)object + bpf_core_field_offset(struct filename, iname)) {
		if (head.user || is_of_socket(task, number))
			names__keep(slot, (void *)head.name, head.user, 1,
				    JF_NAME_SIZE);
	} else {
		/* A long path is alone in its object, or this is no path. */
		names__keep(slot, object, NAMES_LONG, EMBEDDED_NAME_MIN, JF_NAME_SIZE);
	}
	return 0;
}
