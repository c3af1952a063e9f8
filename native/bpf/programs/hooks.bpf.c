/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The security hooks of calls that leave no object behind which tells what they acted on, and of
 * addresses. Attached as keep_names is, where the kernel permits it: on every kernel with BPF
 * trampolines; LSM programs would need "bpf" among the kernel's security modules.
 */
#include "hook.h"

/* hook_<name> at security_<name>; refused where the kernel has no such function. */
#define HOOK(name)                                                                                 \
	INLINE void see_##name(struct jf_names *slot, u64 *ctx);                                   \
	SEC("fentry/security_" #name)                                                              \
	int hook_##name(u64 *ctx)                                                                  \
	{                                                                                          \
		struct jf_names *slot = hook__slot();                                              \
                                                                                                   \
		if (slot)                                                                          \
			see_##name(slot, ctx);                                                     \
		return 0;                                                                          \
	}                                                                                          \
	INLINE void see_##name(struct jf_names *slot, u64 *ctx)

/* What is made or removed: the directory, the entry in it, ... */
#define HOOK_ENTRY(name, which)                                                                    \
	HOOK(name)                                                                                 \
	{                                                                                          \
		hook__keep(hook__arg(ctx, 1), hook__mount_of(hook__arg(ctx, 0)), which);           \
	}

/* What is changed: the path, ... */
#define HOOK_PATH(name)                                                                            \
	HOOK(name)                                                                                 \
	{                                                                                          \
		u64 path = hook__arg(ctx, 0);                                                      \
                                                                                                   \
		hook__keep(hook__entry_of(path), hook__mount_of(path), PLACE_FIRST);               \
	}

/* The socket, the address, its length. */
#define HOOK_ADDRESS(name)                                                                         \
	HOOK(name)                                                                                 \
	{                                                                                          \
		hook__keep_address(slot, hook__arg(ctx, 1), hook__arg(ctx, 2));                    \
	}

HOOK_ENTRY(path_unlink, PLACE_FIRST)
HOOK_ENTRY(path_rmdir, PLACE_FIRST)
HOOK_ENTRY(path_mkdir, PLACE_FIRST)
HOOK_ENTRY(path_mknod, PLACE_FIRST)
/* Its first path is only a text. */
HOOK_ENTRY(path_symlink, PLACE_SECOND)
HOOK_PATH(path_chmod)
HOOK_PATH(path_chown)
HOOK_ADDRESS(socket_connect)
HOOK_ADDRESS(socket_bind)

/* The old entry, the directory, the new entry; links stay on one mount. */
HOOK(path_link)
{
	u64 mount = hook__mount_of(hook__arg(ctx, 1));

	hook__keep(hook__arg(ctx, 0), mount, PLACE_FIRST);
	hook__keep(hook__arg(ctx, 2), mount, PLACE_SECOND);
}

/* The old directory and entry, the new ones. */
HOOK(path_rename)
{
	hook__keep(hook__arg(ctx, 1), hook__mount_of(hook__arg(ctx, 0)), PLACE_FIRST);
	hook__keep(hook__arg(ctx, 3), hook__mount_of(hook__arg(ctx, 2)), PLACE_SECOND);
}

/* The device, the path, ... */
HOOK(sb_mount)
{
	u64 path = hook__arg(ctx, 1);

	names__keep(slot, (void *)hook__arg(ctx, 0), NAMES_DEVICE, 1, JF_NAME_SIZE);
	hook__keep(hook__entry_of(path), hook__mount_of(path), PLACE_FIRST);
}

/* The mount, ... */
HOOK(sb_umount)
{
	u64 mount = hook__arg(ctx, 0);

	hook__keep((u64)BPF_CORE_READ((struct vfsmount *)mount, mnt_root), mount, PLACE_FIRST);
}

/* The socket, the message, ... Of sendmmsg it is not asked about each. */
HOOK(socket_sendmsg)
{
	if (!slot->many)
		hook__keep_message(slot, hook__arg(ctx, 1));
}

/* The socket, the message, ...: at what sends each message of sendmmsg. */
#define HOOK_MESSAGE(name)                                                                         \
	SEC("fentry/" #name)                                                                       \
	int hook_##name(u64 *ctx)                                                                  \
	{                                                                                          \
		struct jf_names *slot = hook__slot();                                              \
                                                                                                   \
		if (slot && slot->many)                                                            \
			hook__keep_message(slot, hook__arg(ctx, 1));                               \
		return 0;                                                                          \
	}

HOOK_MESSAGE(inet_sendmsg)
HOOK_MESSAGE(inet6_sendmsg)
HOOK_MESSAGE(unix_dgram_sendmsg)
