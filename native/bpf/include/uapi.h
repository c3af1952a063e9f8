/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Numbers of Linux's system call interface, and of formats that never change. */
#pragma once

#define TS_COMPAT 0x0002
#define PAGE_KIB_SHIFT 2

/* open(2) and what borrows from it */
#define O_ACCMODE 03
#define O_WRONLY 01
#define O_RDWR 02
#define O_CREAT 0100
#define O_EXCL 0200
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_DSYNC 010000
#ifdef __TARGET_ARCH_arm64
#define O_DIRECTORY 040000
#define O_DIRECT 0200000
#define O_LARGEFILE 0400000
#else
#define O_DIRECT 040000
#define O_LARGEFILE 0100000
#define O_DIRECTORY 0200000
#endif
#define O_CLOEXEC 02000000
#define O_SYNC 04010000
#define O_TMPFILE (020000000 | O_DIRECTORY)
#define FMODE_CREATED 0x100000

#define RESOLVE_NO_XDEV 0x01
#define RESOLVE_NO_MAGICLINKS 0x02
#define RESOLVE_NO_SYMLINKS 0x04
#define RESOLVE_BENEATH 0x08
#define RESOLVE_IN_ROOT 0x10
#define RESOLVE_CACHED 0x20

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000

#define SB_RDONLY 1
#define S_IMMUTABLE 8
#define OVERLAYFS_SUPER_MAGIC 0x794c7630
#define SOCKFS_MAGIC 0x534F434B

/* *at(2) */
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR 0x200
#define AT_SYMLINK_FOLLOW 0x400
#define AT_NO_AUTOMOUNT 0x800
#define AT_EMPTY_PATH 0x1000

/* clone(2) */
#define CLONE_NEWTIME 0x00000080
#define CLONE_VM 0x00000100
#define CLONE_FS 0x00000200
#define CLONE_FILES 0x00000400
#define CLONE_SIGHAND 0x00000800
#define CLONE_PTRACE 0x00002000
#define CLONE_VFORK 0x00004000
#define CLONE_PARENT 0x00008000
#define CLONE_THREAD 0x00010000
#define CLONE_NEWNS 0x00020000
#define CLONE_SYSVSEM 0x00040000
#define CLONE_SETTLS 0x00080000
#define CLONE_PARENT_SETTID 0x00100000
#define CLONE_CHILD_CLEARTID 0x00200000
#define CLONE_UNTRACED 0x00800000
#define CLONE_CHILD_SETTID 0x01000000
#define CLONE_NEWCGROUP 0x02000000
#define CLONE_NEWUTS 0x04000000
#define CLONE_NEWIPC 0x08000000
#define CLONE_NEWUSER 0x10000000
#define CLONE_NEWPID 0x20000000
#define CLONE_NEWNET 0x40000000
#define CLONE_IO 0x80000000u

#define EFAULT 14
#define ENAMETOOLONG 36

#define PF_EXITING 0x00000004
#define PF_KTHREAD 0x00200000
#define RLIMIT_NOFILE 7
#define CAP_DAC_OVERRIDE 1
#define CAP_FOWNER 3

/* sockets */
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define SOL_SOCKET 1
#define SOL_TCP 6
#define SOCKADDR_UN_PATH 108
#define EINPROGRESS 115
#define TCP_SYN_SENT 2
#define SOCK_RAW 3

struct user_sockaddr_in {
	u16 family;
	u16 port;
	u32 address;
};

struct user_sockaddr_in6 {
	u16 family;
	u16 port;
	u32 flow;
	u32 address[4];
};

struct user_iovec {
	u64 base;
	u64 length;
};

struct user_msghdr {
	u64 name;
	s32 name_length;
	u64 iov;
	u64 iov_count;
	u64 control;
	u64 control_length;
	u32 flags;
};

struct user_mmsghdr {
	struct user_msghdr header;
	u32 length;
};

struct user_open_how {
	u64 flags;
	u64 mode;
	u64 resolve;
};

struct user_rlimit {
	u64 cur;
	u64 max;
};

#define SPLICE_F_ALL 15
#define FUTEX_CMD_MASK 127
#define FUTEX_OPTIONS (128 | 256)
#define FUTEX_CMP_REQUEUE_PI 12
#define MS_MGC_VAL 0xC0ED0000u
#define MS_MGC_MSK 0xffff0000u
#define IPC_CREAT 01000
#define IPC_EXCL 02000
#define PROT_GROWSDOWN 0x01000000
#define PROT_GROWSUP 0x02000000

#define PR_SET_NAME 15
#define PR_GET_NAME 16
#define PR_GET_CHILD_SUBREAPER 37

/* The first members of struct io_uring_params; the offsets of the rings follow. */
struct user_io_uring_params {
	u32 sq_entries;
	u32 cq_entries;
	u32 flags;
	u32 sq_thread_cpu;
	u32 sq_thread_idle;
	u32 features;
};
