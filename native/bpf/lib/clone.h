/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* clone, clone3, fork and vfork make the same record, in the parent and in the child. */
#pragma once

#include "task.h"

/* The child's pid namespace differs from the initial one, or from the parent's. */
INLINE bool clone__into_pid_namespace(struct task_struct *task)
{
	struct pid_namespace *ns = task__namespace(BPF_CORE_READ(task, thread_pid));

	if (BPF_CORE_READ(ns, level) != 0)
		return true;
	return BPF_CORE_READ(task, nsproxy, pid_ns_for_children) != ns;
}

INLINE int clone__program(u32 event, long ret, u32 kernel_flags)
{
	struct jf_scratch *record = program__begin(event, EVT_SYSCALL_CLONE_20_X_PARAMS);
	struct task_struct *task = read__current();
	struct mm_struct *mm = FOLLOW(task, mm);
	u32 flags = convert__clone_flags(kernel_flags);

	if (!record || !mm)
		return 0;
	/* 1: res PID */
	store__s64(record, 0, ret);
	/* 2: exe CHARBUF, 3: args BYTEBUF */
	if (ret >= 0) {
		task__store_exe_args(record, 1, mm);
	} else {
		store__empty(record, 1);
		store__empty(record, 2);
	}
	/* 4 to 15 */
	task__store_process(record, 3, task, mm);
	/* 16: flags FLAGS32 */
	if (clone__into_pid_namespace(task))
		flags |= clone_flags__CLONE_CHILD_IN_PIDNS;
	store__u32(record, 15, flags);
	/* 17: uid UINT32 */
	store__u32(record, 16, task__euid(task));
	/* 18: gid UINT32 */
	store__u32(record, 17, task__egid(task));
	/* 19: vtid PID */
	store__s64(record, 18, task__own_number(BPF_CORE_READ(task, thread_pid)));
	/* 20: vpid PID */
	store__s64(record, 19, task__own_number(task__group_pid(task, PIDTYPE_TGID)));
	/* 21: pidns_init_start_ts UINT64, in the child only */
	store__u64(record, 20, ret == 0 ? task__pidns_start(task) : 0);
	return program__submit(record, event);
}
