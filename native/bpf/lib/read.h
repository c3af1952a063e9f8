/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Reads facts from kernel structures and registers. Pointers reached from the current task or
 * the tracepoint's arguments are typed for the verifier and are followed without a helper call;
 * what comes out of an array with a variable index is not, and needs probe reads.
 */
#pragma once

#include "base.h"

/* Longest path, and longest argument or environment area, that is kept. */
#define MAX_TEXT 4096

/* Argument n (0..5) of the system call. n is a constant. */
INLINE u64 read__arg(const struct pt_regs *regs, u32 n)
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

/* An int argument: the upper half of the register means nothing. */
INLINE s64 read__int_arg(const struct pt_regs *regs, u32 n)
{
	return (s64)(s32)read__arg(regs, n);
}

/* The open file behind a descriptor of the current task, or NULL. */
INLINE struct file *read__file(struct task_struct *task, s64 fd)
{
	struct fdtable *table;
	struct file *file = NULL;

	if (fd < 0)
		return NULL;
	table = task->files->fdt;
	if (fd >= table->max_fds)
		return NULL;
	bpf_probe_read_kernel(&file, sizeof(file), &table->fd[fd]);
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
