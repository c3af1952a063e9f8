/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * execve and execveat. After success the arguments in the registers are gone, and the new program
 * has not run yet: its stack holds argv, env and, behind them, the file name as the kernel got it.
 * After a failure all is read from the caller's arrays.
 */
#pragma once

#include "exe.h"
#include "names.h"
#include "task.h"

/* Adds strings from a NULL-ended array of pointers, at most limit bytes. In exec.bpf.c. */
int exec__store_array_part(u64 array, u32 limit);

/* Bytes from one pointer of the caller's arrays to the next. */
INLINE u32 exec__pointer_size(void)
{
	return read__is_compat(read__current()) ? 4 : 8;
}

/* A pointer of the caller's arrays; 0 when unreadable, which is counted. In exec.bpf.c. */
u64 exec__read_pointer(u64 address);

/* The fingerprint of length bytes of the record, behind others. In exec.bpf.c. */
u64 exec__print(u64 print, u64 seed, u32 start, u32 length);

/* exe and args (two parameters) of a failed call. */
INLINE void exec__store_failed_args(struct jf_scratch *record, u32 param, u64 argv)
{
	u32 limit = task__args_size();
	u32 exe = 0;
	u64 text = 0;

	if (!argv) {
		store__u8_part(record, 0);
		store__length(record, param, 1);
		store__empty(record, param + 1);
		return;
	}
	text = exec__read_pointer(argv);
	if (text)
		exe = store__user_text_part(record, text, limit);
	store__length(record, param, exe);
	store__length(record, param + 1,
		      text && exe < limit
			      ? exec__store_array_part(argv + exec__pointer_size(), limit - exe)
			      : 0);
}

/* Whether all could be read since the counter of what could not had this value. */
INLINE bool exec__was_readable(u64 unreadable)
{
	struct jf_stats *counters = base__stats();

	return counters && counters->pf == unreadable;
}

INLINE u64 exec__unreadable(void)
{
	struct jf_stats *counters = base__stats();

	return counters ? counters->pf : 0;
}

/*
 * Compares arguments (length bytes from start) and environment (in the record from env to its end) of
 * a failed call with those at its entry.
 */
INLINE void exec__compare(struct jf_scratch *record, u32 start, u32 length, u32 env)
{
	struct jf_names *slot = names__own(read__current());
	u64 print;

	if (!slot || !slot->entered)
		return;
	print = exec__print(slot->seed, slot->seed, start, length);
	print = exec__print(print, slot->seed, env, record->end - env);
	record->compared = 1;
	if (print != slot->print)
		record->differs = 1;
}

/* Parameters 17 to 30, the same for success and failure. */
INLINE void exec__store_identity(struct jf_scratch *record, struct task_struct *task,
				 struct mm_struct *mm)
{
	const struct cred *cred = FOLLOW(task, cred);
	struct file *file = BPF_CORE_READ(mm, exe_file);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct pid *group = task__group_pid(task, PIDTYPE_PGID);

	if (!cred)
		return;
	/* 17: tty UINT32 */
	store__u32(record, 16, task__tty(task));
	/* 18: vpgid PID */
	store__s64(record, 17, task__own_number(group));
	/* 19: loginuid UID */
	store__u32(record, 18, task__loginuid(task));
	/* 20: flags FLAGS32 */
	store__u32(record, 19, exe__flags(record, cred, file, inode));
	/* 21: cap_inheritable UINT64 */
	store__u64(record, 20, exe__capabilities(&cred->cap_inheritable));
	/* 22: cap_permitted UINT64 */
	store__u64(record, 21, exe__capabilities(&cred->cap_permitted));
	/* 23: cap_effective UINT64 */
	store__u64(record, 22, exe__capabilities(&cred->cap_effective));
	/* 24: exe_ino UINT64 */
	store__u64(record, 23, BPF_CORE_READ(inode, i_ino));
	/* 25: exe_ino_ctime ABSTIME */
	store__u64(record, 24, EXE_TIME(inode, ctime));
	/* 26: exe_ino_mtime ABSTIME */
	store__u64(record, 25, EXE_TIME(inode, mtime));
	/* 27: uid UID */
	store__u32(record, 26, FOLLOW(cred, euid.val));
	/* 28: trusted_exepath FSPATH */
	path__store(record, 27, file);
	/* 29: pgid PID */
	store__s64(record, 28, group ? BPF_CORE_READ(group, numbers[0].nr) : 0);
	/* 30: gid GID */
	store__u32(record, 29, FOLLOW(cred, egid.val));
}

/* A call that succeeded; execveat's success is an execve event too, as in Falco. */
INLINE int exec__success(void)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_EXECVE_19_X, EVT_SYSCALL_EXECVE_19_X_PARAMS);
	struct task_struct *task = read__current();
	struct mm_struct *mm = FOLLOW(task, mm);

	if (!record || !mm)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, 0);
	/* 2: exe CHARBUF, 3: args BYTEBUF */
	task__store_exe_args(record, 1, mm);
	/* 4 to 15 */
	task__store_process(record, 3, task, mm);
	/* 16: env BYTEBUF */
	task__store_strings(record, 15, FOLLOW(mm, env_start), FOLLOW(mm, env_end),
			    task__args_size());
	exec__store_identity(record, task, mm);
	/* 31: filename FSPATH */
	store__user_text(record, 30, FOLLOW(mm, env_end));
	/* 32: toctou BOOL */
	names__store_mark(record, 31, true);
	return program__submit(record, EVT_SYSCALL_EXECVE_19_X);
}

/* Starts the record of a failed call: all but the file name. The arguments are compared. */
INLINE struct jf_scratch *exec__failure(u32 event, u32 params, long ret, u64 argv, u64 env)
{
	struct jf_scratch *record = program__begin(event, params);
	struct task_struct *task = read__current();
	struct mm_struct *mm = FOLLOW(task, mm);
	u64 unreadable = exec__unreadable();
	u32 start, length, env_start;

	if (!record || !mm)
		return NULL;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: exe CHARBUF, 3: args BYTEBUF */
	start = record->end;
	exec__store_failed_args(record, 1, argv);
	length = record->end - start;
	/* 4 to 15 */
	task__store_process(record, 3, task, mm);
	/* 16: env BYTEBUF */
	env_start = record->end;
	store__length(record, 15, env ? exec__store_array_part(env, task__args_size()) : 0);
	if (record->kept && exec__was_readable(unreadable))
		exec__compare(record, start, length, env_start);
	exec__store_identity(record, task, mm);
	return record;
}
