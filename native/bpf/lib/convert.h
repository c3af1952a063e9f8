/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Turns the kernel's flags and commands into the portable values of the event table. */
#pragma once

#include "base.h"
#include "collect.h"

/* Maps one bit. */
#define BIT_TO(value, kernel, portable) (((value) & (kernel)) ? (portable) : 0)

/*
 * O_SYNC and O_TMPFILE consist of several bits, and any of them counts, as in Falco: O_DSYNC shows
 * as O_SYNC too, and O_DIRECTORY as O_TMPFILE too.
 */
INLINE u32 convert__open_flags(u32 flags)
{
	u32 access = flags & O_ACCMODE;
	u32 out = access == O_WRONLY ? file_flags__O_WRONLY
		  : access == O_RDWR ? file_flags__O_RDWR
				     : file_flags__O_RDONLY;

	out |= BIT_TO(flags, O_CREAT, file_flags__O_CREAT);
	out |= BIT_TO(flags, O_TMPFILE, file_flags__O_TMPFILE);
	out |= BIT_TO(flags, O_APPEND, file_flags__O_APPEND);
	out |= BIT_TO(flags, O_DSYNC, file_flags__O_DSYNC);
	out |= BIT_TO(flags, O_EXCL, file_flags__O_EXCL);
	out |= BIT_TO(flags, O_NONBLOCK, file_flags__O_NONBLOCK);
	out |= BIT_TO(flags, O_SYNC, file_flags__O_SYNC);
	out |= BIT_TO(flags, O_TRUNC, file_flags__O_TRUNC);
	out |= BIT_TO(flags, O_DIRECT, file_flags__O_DIRECT);
	out |= BIT_TO(flags, O_DIRECTORY, file_flags__O_DIRECTORY);
	out |= BIT_TO(flags, O_LARGEFILE, file_flags__O_LARGEFILE);
	out |= BIT_TO(flags, O_CLOEXEC, file_flags__O_CLOEXEC);
	return out;
}

/* Permission bits have the kernel's values; a mode counts only when a file may be created. */
INLINE u32 convert__open_mode(u32 flags, u32 mode)
{
	return flags & (O_CREAT | O_TMPFILE) ? mode & 07777 : 0;
}

INLINE u32 convert__resolve(u64 flags)
{
	return BIT_TO(flags, RESOLVE_NO_XDEV, openat2_flags__RESOLVE_NO_XDEV) |
	       BIT_TO(flags, RESOLVE_NO_MAGICLINKS, openat2_flags__RESOLVE_NO_MAGICLINKS) |
	       BIT_TO(flags, RESOLVE_NO_SYMLINKS, openat2_flags__RESOLVE_NO_SYMLINKS) |
	       BIT_TO(flags, RESOLVE_BENEATH, openat2_flags__RESOLVE_BENEATH) |
	       BIT_TO(flags, RESOLVE_IN_ROOT, openat2_flags__RESOLVE_IN_ROOT) |
	       BIT_TO(flags, RESOLVE_CACHED, openat2_flags__RESOLVE_CACHED);
}

/* O_CLOEXEC and O_NONBLOCK under whatever name the call gives them. */
INLINE u32 convert__fd_flags(s32 flags)
{
	return BIT_TO(flags, O_NONBLOCK, file_flags__O_NONBLOCK) |
	       BIT_TO(flags, O_CLOEXEC, file_flags__O_CLOEXEC);
}

INLINE u32 convert__pipe_flags(s32 flags)
{
	if (flags < 0)
		return 0;
	return convert__fd_flags(flags) | BIT_TO(flags, O_DIRECT, file_flags__O_DIRECT);
}

INLINE u32 convert__clone_flags(u32 flags)
{
	u32 out = 0;

	out |= BIT_TO(flags, CLONE_FILES, clone_flags__CLONE_FILES);
	out |= BIT_TO(flags, CLONE_FS, clone_flags__CLONE_FS);
	out |= BIT_TO(flags, CLONE_IO, clone_flags__CLONE_IO);
	out |= BIT_TO(flags, CLONE_NEWIPC, clone_flags__CLONE_NEWIPC);
	out |= BIT_TO(flags, CLONE_NEWNET, clone_flags__CLONE_NEWNET);
	out |= BIT_TO(flags, CLONE_NEWNS, clone_flags__CLONE_NEWNS);
	out |= BIT_TO(flags, CLONE_NEWPID, clone_flags__CLONE_NEWPID);
	out |= BIT_TO(flags, CLONE_NEWUTS, clone_flags__CLONE_NEWUTS);
	out |= BIT_TO(flags, CLONE_PARENT_SETTID, clone_flags__CLONE_PARENT_SETTID);
	out |= BIT_TO(flags, CLONE_PARENT, clone_flags__CLONE_PARENT);
	out |= BIT_TO(flags, CLONE_PTRACE, clone_flags__CLONE_PTRACE);
	out |= BIT_TO(flags, CLONE_SIGHAND, clone_flags__CLONE_SIGHAND);
	out |= BIT_TO(flags, CLONE_SYSVSEM, clone_flags__CLONE_SYSVSEM);
	out |= BIT_TO(flags, CLONE_THREAD, clone_flags__CLONE_THREAD);
	out |= BIT_TO(flags, CLONE_UNTRACED, clone_flags__CLONE_UNTRACED);
	out |= BIT_TO(flags, CLONE_VM, clone_flags__CLONE_VM);
	out |= BIT_TO(flags, CLONE_NEWUSER, clone_flags__CLONE_NEWUSER);
	out |= BIT_TO(flags, CLONE_CHILD_CLEARTID, clone_flags__CLONE_CHILD_CLEARTID);
	out |= BIT_TO(flags, CLONE_CHILD_SETTID, clone_flags__CLONE_CHILD_SETTID);
	out |= BIT_TO(flags, CLONE_SETTLS, clone_flags__CLONE_SETTLS);
	out |= BIT_TO(flags, CLONE_VFORK, clone_flags__CLONE_VFORK);
	out |= BIT_TO(flags, CLONE_NEWCGROUP, clone_flags__CLONE_NEWCGROUP);
	return out;
}

/* Mode bits of chmod and the like are the kernel's. */
INLINE u32 convert__permissions(u32 mode)
{
	return mode & 07777;
}

INLINE u32 convert__mknod_mode(u32 mode)
{
	u32 kind = mode & S_IFMT;

	if (kind == 0)
		kind = S_IFREG;
	if (kind != S_IFSOCK && kind != S_IFREG && kind != S_IFBLK && kind != S_IFCHR &&
	    kind != S_IFIFO)
		kind = 0;
	return convert__permissions(mode) | kind;
}

/* Families have the kernel's numbers; those without a name are 0. */
INLINE u32 convert__socket_family(u8 family)
{
	return family <= socket_families__AF_NFC && family != 27 && family != 28 ? family : 0;
}

INLINE u32 convert__futex_operation(u32 operation)
{
	u32 command = operation & FUTEX_CMD_MASK;

	if (command > FUTEX_CMP_REQUEUE_PI)
		command = 0;
	return command | (operation & FUTEX_OPTIONS);
}

/* Commands from F_SETLEASE (1024) on lie apart. */
INLINE u32 convert__fcntl_command(u32 command)
{
	switch (command) {
	case 0: /* F_DUPFD, then F_GETFD, F_SETFD, F_GETFL, F_SETFL */
	case 1:
	case 2:
	case 3:
	case 4:
		return command + 1;
	case 5:
		return fcntl_commands__F_GETLK;
	case 6:
		return fcntl_commands__F_SETLK;
	case 7:
		return fcntl_commands__F_SETLKW;
	case 8:
		return fcntl_commands__F_SETOWN;
	case 9:
		return fcntl_commands__F_GETOWN;
	case 10:
		return fcntl_commands__F_SETSIG;
	case 11:
		return fcntl_commands__F_GETSIG;
	case 15:
		return fcntl_commands__F_SETOWN_EX;
	case 16:
		return fcntl_commands__F_GETOWN_EX;
	case 36:
		return fcntl_commands__F_OFD_GETLK;
	case 37:
		return fcntl_commands__F_OFD_SETLK;
	case 38:
		return fcntl_commands__F_OFD_SETLKW;
	case 1024:
		return fcntl_commands__F_SETLEASE;
	case 1025:
		return fcntl_commands__F_GETLEASE;
	case 1026:
		return fcntl_commands__F_NOTIFY;
	case 1029:
		return fcntl_commands__F_CANCELLK;
	case 1030:
		return fcntl_commands__F_DUPFD_CLOEXEC;
	case 1031:
		return fcntl_commands__F_SETPIPE_SZ;
	case 1032:
		return fcntl_commands__F_GETPIPE_SZ;
	default:
		return fcntl_commands__UNKNOWN;
	}
}

INLINE u32 convert__protection(u32 protection)
{
	return (protection & 15) | BIT_TO(protection, PROT_GROWSDOWN, prot_flags__PROT_GROWSDOWN) |
	       BIT_TO(protection, PROT_GROWSUP, prot_flags__PROT_GROWSUP);
}

INLINE u32 convert__mmap_flags(u32 flags)
{
	return (flags & 3) | BIT_TO(flags, 0x10, mmap_flags__MAP_FIXED) |
	       BIT_TO(flags, 0x20, mmap_flags__MAP_ANONYMOUS) |
	       BIT_TO(flags, 0x40, mmap_flags__MAP_32BIT) |
	       BIT_TO(flags, 0x100, mmap_flags__MAP_GROWSDOWN) |
	       BIT_TO(flags, 0x800, mmap_flags__MAP_DENYWRITE) |
	       BIT_TO(flags, 0x1000, mmap_flags__MAP_EXECUTABLE) |
	       BIT_TO(flags, 0x2000, mmap_flags__MAP_LOCKED) |
	       BIT_TO(flags, 0x4000, mmap_flags__MAP_NORESERVE) |
	       BIT_TO(flags, 0x8000, mmap_flags__MAP_POPULATE) |
	       BIT_TO(flags, 0x10000, mmap_flags__MAP_NONBLOCK);
}

/* Drops the magic number that old programs put into the upper half. */
INLINE u32 convert__mount_flags(u32 flags)
{
	return (flags & MS_MGC_MSK) == MS_MGC_VAL ? flags & ~MS_MGC_MSK : flags;
}

INLINE u32 convert__newfstatat_flags(u32 flags)
{
	return BIT_TO(flags, AT_SYMLINK_NOFOLLOW, newfstatat_flags__AT_SYMLINK_NOFOLLOW) |
	       BIT_TO(flags, AT_EMPTY_PATH, newfstatat_flags__AT_EMPTY_PATH) |
	       BIT_TO(flags, AT_NO_AUTOMOUNT, newfstatat_flags__AT_NO_AUTOMOUNT);
}

INLINE u32 convert__delete_module_flags(u32 flags)
{
	return BIT_TO(flags, O_NONBLOCK, delete_module_flags__O_NONBLOCK) |
	       BIT_TO(flags, O_TRUNC, delete_module_flags__O_TRUNC);
}

/* Device number of mknod: makedev's form, read like a kernel device, as in Falco. */
INLINE u32 convert__device(u32 device)
{
	u32 major = device >> 20;
	u32 minor = device & 0xfffff;

	return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

/*
 * IOPOLL and SQPOLL keep their bits and the others move up by one; the first of the kernel's bits
 * counts as SQ_NEED_WAKEUP too, as in Falco.
 */
INLINE u32 convert__io_uring_setup_flags(u32 flags)
{
	return (flags & 3) | (flags & 0x7c) << 1 |
	       BIT_TO(flags, 1, io_uring_setup_flags__IORING_SQ_NEED_WAKEUP);
}

/* The conversions that collect.tsv can name. Where names and bits agree, a mask is all. */
INLINE u64 convert__by_name(u32 name, u64 value)
{
	u32 low = (u32)value;

	switch (name) {
	case CONVERT_SOCKET_FAMILY:
		return convert__socket_family(low);
	case CONVERT_FD_FLAGS:
		return convert__fd_flags(low);
	case CONVERT_VALID_FD_FLAGS:
		return (s32)low < 0 ? 0 : convert__fd_flags(low);
	case CONVERT_SHUTDOWN_HOW:
		return low <= shutdown_how__SHUT_RDWR ? low : shutdown_how__SHUT_UNKNOWN;
	case CONVERT_FUTEX_OPERATION:
		return convert__futex_operation(low);
	case CONVERT_SEEK_WHENCE:
		return value <= lseek_whence__SEEK_END ? low : 0;
	case CONVERT_FCNTL_COMMAND:
		return convert__fcntl_command(low);
	case CONVERT_SPLICE_FLAGS:
		return low & SPLICE_F_ALL;
	case CONVERT_CLONE_FLAGS:
		return convert__clone_flags(low);
	case CONVERT_FLOCK_FLAGS:
		return low & (flock_flags__LOCK_SH | flock_flags__LOCK_EX | flock_flags__LOCK_NB |
			      flock_flags__LOCK_UN);
	case CONVERT_MOUNT_FLAGS:
		return convert__mount_flags(low);
	case CONVERT_SEMGET_FLAGS:
		return BIT_TO(low, IPC_CREAT, semget_flags__IPC_CREAT) |
		       BIT_TO(low, IPC_EXCL, semget_flags__IPC_EXCL);
	case CONVERT_ACCESS_MODE:
		return low & 7;
	case CONVERT_UNLINKAT_FLAGS:
		return BIT_TO(low, AT_REMOVEDIR, unlinkat_flags__AT_REMOVEDIR);
	case CONVERT_LINKAT_FLAGS:
	case CONVERT_FCHOWNAT_FLAGS:
		/* Falco converts fchownat's flags like linkat's. */
		return BIT_TO(low, AT_SYMLINK_FOLLOW, linkat_flags__AT_SYMLINK_FOLLOW) |
		       BIT_TO(low, AT_EMPTY_PATH, linkat_flags__AT_EMPTY_PATH);
	case CONVERT_PERMISSIONS:
		return convert__permissions(low);
	case CONVERT_PROTECTION:
		return convert__protection(low);
	case CONVERT_IO_URING_ENTER_FLAGS:
		return low & 15;
	case CONVERT_MLOCKALL_FLAGS:
		return low & 7;
	case CONVERT_MLOCK2_FLAGS:
		return low & mlock2_flags__MLOCK_ONFAULT;
	case CONVERT_CLOSE_ON_EXEC:
		return BIT_TO(low, O_CLOEXEC, file_flags__O_CLOEXEC);
	case CONVERT_EPOLL_FLAGS:
		return BIT_TO(low, O_CLOEXEC, epoll_create1_flags__EPOLL_CLOEXEC);
	case CONVERT_UMOUNT_FLAGS:
		return low & 15;
	case CONVERT_MEMFD_FLAGS:
		return low & 7;
	case CONVERT_PIDFD_FLAGS:
		return BIT_TO(low, O_NONBLOCK, pidfd_open_flags__PIDFD_NONBLOCK);
	case CONVERT_FINIT_MODULE_FLAGS:
		return low & 7;
	case CONVERT_MKNOD_MODE:
		return convert__mknod_mode(low);
	case CONVERT_DEVICE:
		return convert__device(low);
	case CONVERT_NEWFSTATAT_FLAGS:
		return convert__newfstatat_flags(low);
	case CONVERT_DELETE_MODULE_FLAGS:
		return convert__delete_module_flags(low);
	case CONVERT_CLOSE_RANGE_FLAGS:
		return low & 6;
	default:
		return value;
	}
}
