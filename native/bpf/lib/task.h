/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What the programs about processes share: facts of a task, and the parameters made of them. */
#pragma once

#include "program.h"

/* Arguments or environment strings of a failed exec that are kept. */
#define MAX_STRINGS 64

INLINE pid_t task__parent_tid(struct task_struct *task)
{
	struct task_struct *parent = FOLLOW(task, real_parent);

	return parent ? FOLLOW(parent, pid) : 0;
}

/* The number of a pid (may be NULL) in its own namespace. */
INLINE pid_t task__own_number(struct pid *pid)
{
	u32 level;

	if (!pid)
		return 0;
	level = BPF_CORE_READ(pid, level);
	return BPF_CORE_READ(pid, numbers[level].nr);
}

INLINE struct pid_namespace *task__namespace(struct pid *pid)
{
	u32 level;

	if (!pid)
		return NULL;
	level = BPF_CORE_READ(pid, level);
	return BPF_CORE_READ(pid, numbers[level].ns);
}

/* The process group or session pid of a task. */
INLINE struct pid *task__group_pid(struct task_struct *task, enum pid_type type)
{
	return BPF_CORE_READ(task, signal, pids[type]);
}

INLINE u32 task__euid(struct task_struct *task)
{
	const struct cred *cred = FOLLOW(task, cred);

	return cred ? FOLLOW(cred, euid.val) : -1;
}

INLINE u32 task__egid(struct task_struct *task)
{
	const struct cred *cred = FOLLOW(task, cred);

	return cred ? FOLLOW(cred, egid.val) : -1;
}

/* Kernels without auditing have no login uid. */
INLINE u32 task__loginuid(struct task_struct *task)
{
	if (!bpf_core_field_exists(task->loginuid))
		return -1;
	return FOLLOW(task, loginuid.val);
}

/* The controlling terminal's device number, 0 without one. */
INLINE u32 task__tty(struct task_struct *task)
{
	struct tty_struct *tty = FOLLOW(task, signal, tty);
	struct tty_driver *driver;

	if (!tty)
		return 0;
	driver = FOLLOW(tty, driver);
	if (!driver)
		return 0;
	return read__device((dev_t)FOLLOW(driver, major) << 20 |
			    (dev_t)(FOLLOW(driver, minor_start) + FOLLOW(tty, index)));
}

/*
 * Pages of a kind: 0 files, 1 anonymous, 2 swap entries, 3 shared memory. kind is a constant. The
 * verifier of 6.1 cannot follow an array of atomic_long_t, hence the probe read there.
 */
#define TASK_PAGES(mm, kind)                                                                       \
	({                                                                                         \
		struct mm_struct___old_rss *old_ = (void *)(mm);                                   \
		s64 pages_;                                                                        \
		if (bpf_core_field_exists(old_->rss_stat.count))                                   \
			pages_ = BPF_CORE_READ(old_, rss_stat.count[kind].counter);                \
		else                                                                               \
			pages_ = (mm)->rss_stat[kind].count;                                       \
		pages_;                                                                            \
	})

INLINE u64 task__pidns_start(struct task_struct *task)
{
	struct pid_namespace *ns = task__namespace(task__group_pid(task, PIDTYPE_TGID));

	return BPF_CORE_READ(ns, child_reaper, start_time);
}

/* Stores the cgroups of the task at this address in a slot of scratch. In task.bpf.c. */
int task__store_cgroups(u32 param, u32 slot, u64 task);

/* Bytes that are kept of a program's arguments, and of its environment. */
INLINE u32 task__args_size(void)
{
	struct jf_config *settings = base__config();

	return settings ? settings->args_size & (JF_MAX_RECORD / 2 - 1) : 0;
}

/* Adds NUL-separated strings that lie one after another in user memory; the last is ended. */
INLINE void task__store_strings(struct jf_scratch *record, u32 param, u64 start, u64 end, u32 limit)
{
	u64 length = end - start;
	u32 stored;

	if (end <= start)
		length = 0;
	if (length > limit) {
		length = limit;
		record->cut = 1;
	}
	stored = store__user_bytes_part(record, start, length);
	if (stored) {
		record->end--;
		store__u8_part(record, 0);
	}
	store__length(record, param, stored);
}

/* exe and args (two parameters) as they stand in the process's memory. */
INLINE void task__store_exe_args(struct jf_scratch *record, u32 param, struct mm_struct *mm)
{
	u64 start = FOLLOW(mm, arg_start);
	u32 limit = task__args_size();
	u32 exe = store__user_text_part(record, start, limit);

	store__length(record, param, exe);
	task__store_strings(record, param + 1, start + exe, FOLLOW(mm, arg_end), limit - exe);
}

/* tid, pid, ptid, cwd, fdlimit, page faults, memory, comm, cgroups: the same twelve everywhere. */
INLINE void task__store_process(struct jf_scratch *record, u32 param, struct task_struct *task,
				struct mm_struct *mm)
{
	/* tid PID */
	store__s64(record, param, FOLLOW(task, pid));
	/* pid PID */
	store__s64(record, param + 1, FOLLOW(task, tgid));
	/* ptid PID */
	store__s64(record, param + 2, task__parent_tid(task));
	/* cwd CHARBUF: user space keeps it */
	store__empty(record, param + 3);
	/* fdlimit UINT64 */
	store__u64(record, param + 4, FOLLOW(task, signal, rlim[RLIMIT_NOFILE].rlim_cur));
	/* pgft_maj UINT64 */
	store__u64(record, param + 5, FOLLOW(task, maj_flt));
	/* pgft_min UINT64 */
	store__u64(record, param + 6, FOLLOW(task, min_flt));
	/* vm_size UINT32, in KiB */
	store__u32(record, param + 7, FOLLOW(mm, total_vm) << PAGE_KIB_SHIFT);
	/* vm_rss UINT32, in KiB */
	store__u32(record, param + 8,
		   (TASK_PAGES(mm, 0) + TASK_PAGES(mm, 1) + TASK_PAGES(mm, 3)) << PAGE_KIB_SHIFT);
	/* vm_swap UINT32, in KiB */
	store__u32(record, param + 9, TASK_PAGES(mm, 2) << PAGE_KIB_SHIFT);
	/* comm CHARBUF */
	store__kernel_text(record, param + 10, task->comm, sizeof(task->comm));
	/* cgroups BYTEBUF */
	task__store_cgroups(param + 11, bpf_get_smp_processor_id(), bpf_get_current_task());
}
