/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Reads facts from kernel structures and registers. Pointers reached from the current task or
 * the tracepoint's arguments are typed for the verifier and are followed without a helper call;
 * what comes out of an array with a variable index is not, and needs probe reads. Before 5.11 the
 * current task is a number: what is reached from it is read with FOLLOW.
 */
#pragma once

#include "base.h"
#include "compat.h"

/* Longest path, and longest argument or environment area, that is kept. */
#define MAX_TEXT 4096

/* Whether the kernel gives the current task as a typed pointer; settled when the program is loaded. */
INLINE bool read__is_typed(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf);
}

INLINE struct task_struct *read__current(void)
{
	if (read__is_typed())
		return bpf_get_current_task_btf();
	return (struct task_struct *)bpf_get_current_task();
}

/* A member reached from the current task: FOLLOW(task, files, fdt) is task->files->fdt. */
#define FOLLOW(from, ...)                                                                          \
	(read__is_typed() ? ___arrow(from, __VA_ARGS__) : BPF_CORE_READ(from, __VA_ARGS__))

#ifdef __TARGET_ARCH_arm64
/* Number of the system call, or -1. */
INLINE u32 read__number(const struct pt_regs *regs)
{
	return regs->syscallno;
}

INLINE u64 read__register_arg(const struct pt_regs *regs, u32 n)
{
	return n ? regs->regs[n] : regs->orig_x0;
}

/* 32-bit calls are not delivered: as in Falco. */
INLINE bool read__is_compat(const struct task_struct *task)
{
	return false;
}
#else
/* Number of the system call, or -1; that of the 32-bit table when the call is a 32-bit one. */
INLINE u32 read__number(const struct pt_regs *regs)
{
	return regs->orig_ax;
}

INLINE u64 read__register_arg(const struct pt_regs *regs, u32 n)
{
	switch (n) {
	case 0:
		return regs->di;
	case 1:
		return regs->si;
	case 2:
		return regs->dx;
	case 3:
		return regs->r10;
	case 4:
		return regs->r8;
	default:
		return regs->r9;
	}
}

/* The task is in a 32-bit system call: of a 32-bit program, or by int 0x80. */
INLINE bool read__is_compat(const struct task_struct *task)
{
	return FOLLOW(task, thread_info.status) & TS_COMPAT;
}
#endif

/* Argument n of a 32-bit call, as the 64-bit call has it. In compat.bpf.c. */
u64 read__compat_arg(u32 n);

/* What is unusual about the memory that a 32-bit call's arguments point to. In compat.bpf.c. */
u32 read__compat_form(void);

/* The system call that a program is for; looked at once, since each look costs some nanoseconds. */
struct call {
	const struct pt_regs *registers;
	bool compat; /* a 32-bit one */
};

/* Argument n (0..5) of the system call. n is a constant. */
INLINE u64 read__arg(const struct call *call, u32 n)
{
	return call->compat ? read__compat_arg(n) : read__register_arg(call->registers, n);
}

/* An int argument: the upper half of the register means nothing. */
INLINE s64 read__int_arg(const struct call *call, u32 n)
{
	return (s64)(s32)read__arg(call, n);
}

/* The open file behind a descriptor of the current task, or NULL. */
INLINE struct file *read__file(struct task_struct *task, s64 fd)
{
	struct fdtable *table;
	struct file *file = NULL;

	if (fd < 0)
		return NULL;
	table = FOLLOW(task, files, fdt);
	if (fd >= FOLLOW(table, max_fds))
		return NULL;
	bpf_probe_read_kernel(&file, sizeof(file), FOLLOW(table, fd) + fd);
	return file;
}

/* Device number as user space writes it. */
INLINE u32 read__device(dev_t kernel_device)
{
	u32 major = kernel_device >> 20;
	u32 minor = kernel_device & 0xfffff;

	return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

enum overlay { OVERLAY_NONE, OVERLAY_UPPER, OVERLAY_LOWER };

/* Which layer a file of an overlay comes from: the overlay's inode is followed by the upper dentry. */
INLINE enum overlay read__overlay_layer(struct file *file)
{
	struct inode *overlay_inode = BPF_CORE_READ(file, f_path.dentry, d_inode);
	struct dentry *upper = NULL;
	u64 size = bpf_core_type_size(struct inode);

	if (!size)
		return OVERLAY_LOWER;
	bpf_probe_read_kernel(&upper, sizeof(upper), (char *)overlay_inode + size);
	if (upper && BPF_CORE_READ(upper, d_inode, i_ino) != 0)
		return OVERLAY_UPPER;
	return OVERLAY_LOWER;
}

struct file_facts {
	u64 ino;
	u32 device;
	u32 created;
	enum overlay overlay;
};

/* Device, inode and layer of an open file; all zero when the descriptor has none. */
INLINE void read__file_facts(struct task_struct *task, s64 fd, struct file_facts *facts)
{
	struct file *file = read__file(task, fd);
	struct inode *inode;
	struct super_block *super;

	if (!file)
		return;
	inode = BPF_CORE_READ(file, f_inode);
	super = BPF_CORE_READ(inode, i_sb);
	facts->ino = BPF_CORE_READ(inode, i_ino);
	facts->device = read__device(BPF_CORE_READ(super, s_dev));
	facts->created = (BPF_CORE_READ(file, f_mode) & FMODE_CREATED) != 0;
	if (BPF_CORE_READ(super, s_magic) == OVERLAYFS_SUPER_MAGIC)
		facts->overlay = read__overlay_layer(file);
}

INLINE u64 read__ino(struct task_struct *task, s64 fd)
{
	struct file *file = read__file(task, fd);

	return file ? BPF_CORE_READ(file, f_inode, i_ino) : 0;
}

/* A long, or a pointer, in the caller's memory; 0 when unreadable. */
INLINE u64 read__user_long(u64 address)
{
	u64 value = 0;
	u32 low = 0;

	if (!read__is_compat(read__current())) {
		bpf_probe_read_user(&value, sizeof(value), (void *)address);
		return value;
	}
	bpf_probe_read_user(&low, sizeof(low), (void *)address);
	return low;
}

/* Two longs that follow each other; untouched and false when unreadable. */
INLINE bool read__user_longs(u64 address, u64 *values)
{
	u32 low[2];

	if (!read__is_compat(read__current()))
		return !bpf_probe_read_user(values, 2 * sizeof(*values), (void *)address);
	if (bpf_probe_read_user(low, sizeof(low), (void *)address))
		return false;
	values[0] = low[0];
	values[1] = low[1];
	return true;
}

/* A struct timespec in the caller's memory, in nanoseconds; 0 when unreadable. */
INLINE u64 read__user_time(u64 address)
{
	u64 time[2] = {};

	if (read__is_compat(read__current()) && read__compat_form() == COMPAT_TIME64)
		bpf_probe_read_user(time, sizeof(time), (void *)address);
	else
		read__user_longs(address, time);
	return time[0] * 1000000000ull + time[1];
}
