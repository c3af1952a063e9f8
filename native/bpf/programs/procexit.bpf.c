/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The end of a thread. sched_process_exit fires while the task still has its children and its
 * parent, so the thread that will inherit the children can be found the way the kernel does.
 */
#include "task.h"

#define MAX_THREADS 30
#define MAX_ANCESTORS 60
#define REAPER_UNKNOWN -1

/*
 * A thread of a process that is not ending: 0 if none, REAPER_UNKNOWN if too many. Global and fed
 * with a number (of a signal_struct), so that the verifier looks at it once.
 */
__noinline int procexit_live_thread(u64 process)
{
	struct signal_struct *signal = (struct signal_struct *)process;
	void *head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	void *node = BPF_CORE_READ(signal, thread_head.next);
	int i;

	for (i = 0; i < MAX_THREADS; i++) {
		struct task_struct *thread;

		if (node == head)
			return 0;
		thread = node - bpf_core_field_offset(struct task_struct, thread_node);
		if (!(BPF_CORE_READ(thread, flags) & PF_EXITING))
			return BPF_CORE_READ(thread, pid);
		node = BPF_CORE_READ(thread, thread_node.next);
	}
	return REAPER_UNKNOWN;
}

/* The nearest ancestor in the same pid namespace that takes orphans, else the namespace's init. */
INLINE pid_t subreaper(struct task_struct *task, struct task_struct *init)
{
	u32 level = BPF_CORE_READ(task, thread_pid, level);
	struct task_struct *ancestor = task;
	int i;

	for (i = 0; i < MAX_ANCESTORS; i++) {
		struct signal_struct *signal;
		pid_t thread;

		ancestor = BPF_CORE_READ(ancestor, real_parent);
		if (ancestor == init || BPF_CORE_READ(ancestor, thread_pid, level) != level)
			return BPF_CORE_READ(init, pid);
		signal = BPF_CORE_READ(ancestor, signal);
		if (!BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper))
			continue;
		thread = procexit_live_thread((u64)signal);
		if (thread)
			return thread;
	}
	return REAPER_UNKNOWN;
}

/* Who inherits the children: 0 when the whole pid namespace ends, REAPER_UNKNOWN when not found. */
INLINE pid_t new_reaper(struct task_struct *task)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	pid_t thread = procexit_live_thread((u64)signal);
	struct pid_namespace *ns;
	struct task_struct *init;

	if (thread)
		return thread;
	ns = task__namespace(task->thread_pid);
	init = BPF_CORE_READ(ns, child_reaper);
	if (init == task)
		return 0;
	if (!BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper))
		return BPF_CORE_READ(init, pid);
	return subreaper(task, init);
}

INLINE bool has_children(struct task_struct *task)
{
	void *head = (void *)task + bpf_core_field_offset(struct task_struct, children);

	return BPF_CORE_READ(task, children.next) != head;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(procexit, struct task_struct *task)
{
	struct jf_config *settings = base__config();
	struct jf_scratch *record;
	s32 code;

	if (!settings || !settings->procexit_wanted || task->tgid == settings->self_tgid)
		return 0;
	record = program__begin(EVT_PROCEXIT_1_E, EVT_PROCEXIT_1_E_PARAMS);
	if (!record)
		return 0;
	code = task->exit_code;
	/* 1: status ERRNO */
	store__s64(record, 0, code);
	/* 2: ret ERRNO */
	store__s64(record, 1, (code >> 8) & 0xff);
	/* 3: sig SIGTYPE */
	store__u8(record, 2, (code & 0x7f) && (code & 0x7f) != 0x7f ? code & 0x7f : 0);
	/* 4: core UINT8 */
	store__u8(record, 3, (code & 0x80) != 0);
	/* 5: reaper_tid PID */
	store__s64(record, 4, has_children(task) ? new_reaper(task) : 0);
	return program__submit(record, EVT_PROCEXIT_1_E);
}
