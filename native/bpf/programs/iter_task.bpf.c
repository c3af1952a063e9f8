/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Every thread that runs when the iterator is read, one record each. Sleepable, because arguments
 * and environment are in the memory of another process. Threads of the kernel and those that have
 * ended are left out; a main thread that has ended before the others holds what they share.
 */
#include "exe.h"
#include "iterate.h"
#include "path.h"
#include "task.h"

#define DELETED_SIZE 11

INLINE bool ended(struct task_struct *task)
{
	if (!(task->flags & PF_EXITING))
		return !task->mm;
	return task->pid != task->tgid || BPF_CORE_READ(task, signal, live.counter) <= 0;
}

/* Strings in the memory of the task, which end with a NUL; those beyond a limit are cut off. */
INLINE void store_strings(struct jf_scratch *record, u32 param, struct task_struct *task, u64 start,
			  u64 end)
{
	u64 length = end - start;

	if (!start || end <= start)
		length = 0;
	if (length > MAX_TEXT)
		length = MAX_TEXT;
	OPAQUE(length);
	length &= JF_MAX_RECORD - 1;
	if (!length ||
	    bpf_copy_from_user_task(store__end(record), length, (void *)start, task, 0)) {
		store__empty(record, param);
		return;
	}
	record->end += length - 1;
	store__u8_part(record, 0);
	store__length(record, param, length);
}

/*
 * The arguments. Where the NUL behind them is overwritten, the process has put a title there (as
 * setproctitle does), which may go on in the place of the environment: one string then.
 */
INLINE void store_arguments(struct jf_scratch *record, u32 param, struct task_struct *task,
			    struct mm_struct *mm)
{
	u64 start = mm->arg_start, end = mm->arg_end, environment_end = mm->env_end;
	u8 *text = store__end(record);
	u32 before = record->end;
	long length;
	u8 last = 0;

	if (end > start)
		bpf_copy_from_user_task(&last, 1, (void *)(end - 1), task, 0);
	if (!last) {
		store_strings(record, param, task, start, end);
		return;
	}
	if (mm->env_start == end && environment_end > end)
		end = environment_end;
	store_strings(record, param, task, start, end);
	length = bpf_probe_read_kernel_str(&record->data[JF_MAX_RECORD], MAX_TEXT, text);
	if (record->end == before || length <= 0)
		return;
	record->end = before + (u32)length;
	store__length(record, param, length);
}

/* A path as /proc shows it: files without a place are shown in the root, deleted ones marked. */
INLINE void store_path(struct jf_scratch *record, u32 param, u32 slot, u64 address)
{
	struct path *path = (struct path *)address;
	struct dentry *dentry = BPF_CORE_READ(path, dentry);
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
	u32 before = record->end;
	char deleted[DELETED_SIZE] = " (deleted)";
	const void *name;

	if (!dentry) {
		store__empty(record, param);
		return;
	}
	if (parent == dentry && dentry != BPF_CORE_READ(path, mnt, mnt_root)) {
		store__u8_part(record, '/');
		store__kernel_text_part(record, BPF_CORE_READ(dentry, d_name.name), 256);
	} else {
		u32 start = path__assemble(address, slot);

		name = path__at(record, start);
		if (start == PATH_SPACE - 1)
			store__u8_part(record, '/');
		store__kernel_text_part(record, name, MAX_TEXT);
		if (parent != dentry && !BPF_CORE_READ(dentry, d_hash.pprev)) {
			record->end--;
			store__kernel_text_part(record, deleted, sizeof(deleted));
		}
	}
	store__length(record, param, record->end - before);
}

/* The system call that a task is in, or was in last: its number plus one; 0 none. */
INLINE u32 call(struct task_struct *task)
{
	u32 number = read__number((struct pt_regs *)bpf_task_pt_regs(task));

	return number < JF_SYSCALLS ? number + 1 : 0;
}

/* Parameters 1 to 10. */
INLINE void store_names(struct jf_scratch *record, u32 slot, struct task_struct *task,
			struct file *exe)
{
	const struct cred *cred = task->cred;
	struct mm_struct *mm = task->mm;
	struct fs_struct *fs = task->fs;
	struct pid *group = task__group_pid(task, PIDTYPE_PGID);
	struct pid *session = task__group_pid(task, PIDTYPE_SID);

	/* 1: ppid PID32 */
	store__u32(record, 0, task->real_parent->tgid);
	/* 2: pgid PID32 */
	store__u32(record, 1, group ? BPF_CORE_READ(group, numbers[0].nr) : 0);
	/* 3: vpgid PID32 */
	store__u32(record, 2, task__own_number(group));
	/* 4: sid PID32 */
	store__u32(record, 3, session ? BPF_CORE_READ(session, numbers[0].nr) : 0);
	/* 5: comm CHARBUF */
	store__kernel_text(record, 4, task->comm, sizeof(task->comm));
	/* 6: argv CHARBUFARRAY */
	if (mm)
		store_arguments(record, 5, task, mm);
	else
		store__empty(record, 5);
	/* 7: exepath FSPATH */
	if (exe)
		store_path(record, 6, slot, (u64)exe + bpf_core_field_offset(struct file, f_path));
	else
		store__empty(record, 6);
	/* 8: flags FLAGS32, and in the upper half, for the reader, the system call */
	store__u32(record, 7,
		   exe__flags(record, cred, exe, BPF_CORE_READ(exe, f_inode)) | call(task) << 16);
	/* 9: env CHARBUFARRAY */
	if (mm)
		store_strings(record, 8, task, mm->env_start, mm->env_end);
	else
		store__empty(record, 8);
	/* 10: cwd CHARBUF. It can be lost track of, so the record is of the time when it was read. */
	iterate__stamp(record);
	record->slots[0] = (u64)fs;
	store_path(record, 9, slot, *(volatile u64 *)&record->slots[0] +
					    bpf_core_field_offset(struct fs_struct, pwd));
}

/* Parameters 11 to 24. */
INLINE void store_numbers(struct jf_scratch *record, struct task_struct *task, struct file *exe)
{
	const struct cred *cred = task->cred;
	struct inode *inode = BPF_CORE_READ(exe, f_inode);
	struct mm_struct *mm = task->mm;
	u64 size = 0, resident = 0, swapped = 0;

	/* 11: fdlimit UINT64 */
	store__u64(record, 10, task->signal->rlim[RLIMIT_NOFILE].rlim_cur);
	/* 12: euid UID */
	store__u32(record, 11, task__euid(task));
	/* 13: egid GID */
	store__u32(record, 12, task__egid(task));
	/* 14: cap_permitted UINT64 */
	store__u64(record, 13, exe__capabilities(&cred->cap_permitted));
	/* 15: cap_effective UINT64 */
	store__u64(record, 14, exe__capabilities(&cred->cap_effective));
	/* 16: cap_inheritable UINT64 */
	store__u64(record, 15, exe__capabilities(&cred->cap_inheritable));
	/* 17: exe_ino_num UINT64 */
	store__u64(record, 16, BPF_CORE_READ(inode, i_ino));
	/* 18: exe_ino_ctime ABSTIME */
	store__u64(record, 17, EXE_TIME(inode, ctime));
	/* 19: exe_ino_mtime ABSTIME */
	store__u64(record, 18, EXE_TIME(inode, mtime));
	if (mm) {
		size = mm->total_vm;
		resident = TASK_PAGES(mm, 0) + TASK_PAGES(mm, 1) + TASK_PAGES(mm, 3);
		swapped = TASK_PAGES(mm, 2);
	}
	/* 20: vm_size UINT32, in KiB */
	store__u32(record, 19, size << PAGE_KIB_SHIFT);
	/* 21: vm_rss UINT32, in KiB */
	store__u32(record, 20, resident << PAGE_KIB_SHIFT);
	/* 22: vm_swap UINT32, in KiB */
	store__u32(record, 21, swapped << PAGE_KIB_SHIFT);
	/* 23: pgft_maj UINT64 */
	store__u64(record, 22, task->maj_flt);
	/* 24: pgft_min UINT64 */
	store__u64(record, 23, task->min_flt);
}

/* Parameters 25 to 32. */
INLINE void store_place(struct jf_scratch *record, u32 slot, struct task_struct *task)
{
	struct jf_config *settings = base__config();
	struct fs_struct *fs = task->fs;
	u64 address;

	/* 25: vtgid PID32 */
	store__u32(record, 24, task__own_number(task__group_pid(task, PIDTYPE_TGID)));
	/* 26: vpid PID32 */
	store__u32(record, 25, task__own_number(BPF_CORE_READ(task, thread_pid)));
	/* 27: pidns_init_start_ts UINT64 */
	store__u64(record, 26, task__pidns_start(task));
	/* 28: cgroups CHARBUFARRAY. By way of the map the pointer becomes a number. */
	record->slots[0] = (u64)task;
	address = *(volatile u64 *)&record->slots[0];
	task__store_cgroups(27, slot, address);
	/* 29: root FSPATH */
	record->slots[0] = (u64)fs;
	address = *(volatile u64 *)&record->slots[0];
	store_path(record, 28, slot, address + bpf_core_field_offset(struct fs_struct, root));
	/* 30: start_time ABSTIME */
	store__u64(record, 29, task->start_boottime + (settings ? settings->boot_epoch_ns : 0));
	/* 31: tty UINT32 */
	store__u32(record, 30, task__tty(task));
	/* 32: loginuid UID */
	store__u32(record, 31, task__loginuid(task));
}

SEC("iter.s/task")
int iter_task(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	u32 slot = iterate__slot();
	struct jf_scratch *record;
	struct file *exe;

	if (!task || (task->flags & PF_KTHREAD) || ended(task))
		return 0;
	record = iterate__begin(slot, EVT_ITER_TASK_E, EVT_ITER_TASK_E_PARAMS, task->tgid,
				task->pid);
	if (!record)
		return 0;
	exe = BPF_CORE_READ(task, mm, exe_file);
	store_names(record, slot, task, exe);
	store_numbers(record, task, exe);
	store_place(record, slot, task);
	return iterate__submit(record, context->meta->seq);
}
