/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the programs at the security hooks share. Such a hook sees the objects that a call acts on,
 * right before it does, and what of user memory has been copied. The scratch space is not for them:
 * they can be interrupted by another task.
 */
#pragma once

#include "names.h"

/* The thread's slot when it is in a system call whose record tells what the kernel used. */
INLINE struct jf_names *hook__slot(void)
{
	struct task_struct *task = read__current();

	return names__is_told(task, names__number(task)) ? names__claim(task) : NULL;
}

/* Argument n of the hooked function, as a number: pointers could not be given on. */
INLINE u64 hook__arg(u64 *ctx, u32 n)
{
	u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), ctx + n);
	return value;
}

/* Keeps the path of an entry (struct dentry) on a mount (struct vfsmount). In hook.bpf.c. */
int hook__keep(u64 entry, u64 mount, u32 which);

INLINE u64 hook__mount_of(u64 path)
{
	return (u64)BPF_CORE_READ((struct path *)path, mnt);
}

INLINE u64 hook__entry_of(u64 path)
{
	return (u64)BPF_CORE_READ((struct path *)path, dentry);
}

/* Keeps an address that was copied from user memory, of the next message of the call. */
INLINE void hook__keep_address(struct jf_names *slot, u64 address, s32 given)
{
	u32 message = slot->many ? slot->hooked : 0;
	struct jf_seen *seen = names__seen(slot, message);
	u64 length = given;

	slot->hooked++;
	if (message >= JF_MESSAGES)
		return;
	slot->known |= 1u << message;
	seen->length = 0;
	if (!address || given <= 0)
		return;
	if (length >= JF_ADDRESS_SIZE)
		length = JF_ADDRESS_SIZE - 1;
	__builtin_memset(seen->bytes, 0, sizeof(seen->bytes));
	OPAQUE(length);
	length &= JF_ADDRESS_SIZE - 1;
	if (!bpf_probe_read_kernel(seen->bytes, length, (void *)address))
		seen->length = length;
}

/* The same, of a struct msghdr. */
INLINE void hook__keep_message(struct jf_names *slot, u64 message)
{
	struct msghdr *header = (struct msghdr *)message;

	hook__keep_address(slot, (u64)BPF_CORE_READ(header, msg_name),
			   BPF_CORE_READ(header, msg_namelen));
}
