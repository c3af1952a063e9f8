/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Every open file of every process, one record each. Not sleepable, so that the files stay, and
 * their paths can be had from the kernel (bpf_d_path), which knows pipes, memfds and the like.
 */
#include "exe.h"
#include "iterate.h"
#include "socket.h"

/* The first eight letters of a name, which tell the kinds of anonymous files apart. */
#define LETTERS(a, b, c, d, e, f, g, h)                                                            \
	((u64)(a) | (u64)(b) << 8 | (u64)(c) << 16 | (u64)(d) << 24 | (u64)(e) << 32 |             \
	 (u64)(f) << 40 | (u64)(g) << 48 | (u64)(h) << 56)

/* An open file of a process. */
struct open_file {
	struct file *file; /* typed, as bpf_d_path wants it */
	struct inode *inode;
	u64 tgid;
	u32 fd;
	u32 slot;
	u32 closes_on_exec;
};

#define FILE_BEGIN(open, event)                                                                    \
	iterate__begin((open)->slot, event, event##_PARAMS + 1, (open)->tgid, (open)->tgid);       \
	if (!record)                                                                               \
		return 0;                                                                          \
	store__u32(record, 0, (open)->fd)

/* Behind the parameters of the event, for the reader: 1 when the descriptor is closed on exec. */
#define FILE_SUBMIT(open, event)                                                                   \
	store__u8(record, event##_PARAMS, (open)->closes_on_exec);                                 \
	return iterate__submit(record, out)

INLINE void store_path(struct jf_scratch *record, u32 param, struct file *file)
{
	long length = bpf_d_path(&file->f_path, (char *)store__end(record), MAX_TEXT);

	if (length < 0 || length > MAX_TEXT)
		length = 0;
	record->end += (u32)length;
	store__length(record, param, length);
}

INLINE u64 inode_number(const struct open_file *open)
{
	struct inode *inode = open->inode;

	return BPF_CORE_READ(inode, i_ino);
}

INLINE int pipe(struct seq_file *out, const struct open_file *open, u64 magic)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_PIPE_E);

	/* 2: path FSPATH, of named pipes */
	if (magic != PIPEFS_MAGIC) {
		store_path(record, 1, open->file);
	} else {
		store__u8_part(record, 0);
		store__length(record, 1, 1);
	}
	/* 3: ino_num UINT64 */
	store__u64(record, 2, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_PIPE_E);
}

INLINE int memfd(struct seq_file *out, const struct open_file *open)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_MEMFD_E);

	/* 2: path FSPATH */
	store_path(record, 1, open->file);
	/* 3: ino_num UINT64 */
	store__u64(record, 2, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_MEMFD_E);
}

INLINE int directory(struct seq_file *out, const struct open_file *open)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_DIRECTORY_E);

	/* 2: path FSPATH */
	store_path(record, 1, open->file);
	/* 3: ino_num UINT64 */
	store__u64(record, 2, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_DIRECTORY_E);
}

/* Whether the descriptor is closed on exec: that is no property of the file. */
INLINE bool closes_on_exec(struct task_struct *task, u32 fd)
{
	unsigned long *bits = BPF_CORE_READ(task, files, fdt, close_on_exec);
	unsigned long word = 0;

	bpf_probe_read_kernel(&word, sizeof(word), &bits[fd / 64]);
	return word >> (fd % 64) & 1;
}

INLINE int regular(struct seq_file *out, const struct open_file *open)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_REGULAR_E);
	u32 flags = convert__open_flags(open->file->f_flags);
	struct file *file = open->file;
	struct vfsmount *mount = BPF_CORE_READ(file, f_path.mnt);

	if (open->closes_on_exec)
		flags |= file_flags__O_CLOEXEC;
	/* 2: path FSPATH */
	store_path(record, 1, open->file);
	/* 3: flags FLAGS32 */
	store__u32(record, 2, flags);
	/* 4: mnt_id UINT32 */
	store__u32(record, 3,
		   BPF_CORE_READ((struct mount *)((char *)mount -
						  bpf_core_field_offset(struct mount, mnt)),
				 mnt_id));
	/* 5: ino_num UINT64 */
	store__u64(record, 4, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_REGULAR_E);
}

INLINE u8 anonymous_kind(u64 letters)
{
	switch (letters) {
	case LETTERS('[', 'e', 'v', 'e', 'n', 't', 'f', 'd'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_EVENTFD;
	case LETTERS('[', 'e', 'v', 'e', 'n', 't', 'p', 'o'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_EVENTPOLL;
	case LETTERS('i', 'n', 'o', 't', 'i', 'f', 'y', 0):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_INOTIFY;
	case LETTERS('[', 's', 'i', 'g', 'n', 'a', 'l', 'f'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_SIGNALFD;
	case LETTERS('[', 't', 'i', 'm', 'e', 'r', 'f', 'd'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_TIMERFD;
	case LETTERS('[', 'i', 'o', '_', 'u', 'r', 'i', 'n'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_IO_URING;
	case LETTERS('[', 'u', 's', 'e', 'r', 'f', 'a', 'u'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_USERFAULTFD;
	case LETTERS('[', 'p', 'i', 'd', 'f', 'd', ']', 0):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_PIDFD;
	case LETTERS('b', 'p', 'f', '-', 'm', 'a', 'p', 0):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_BPF_MAP;
	case LETTERS('b', 'p', 'f', '-', 'p', 'r', 'o', 'g'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_BPF_PROG;
	case LETTERS('b', 'p', 'f', '-', 'l', 'i', 'n', 'k'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_BPF_LINK;
	case LETTERS('b', 'p', 'f', '_', 'i', 't', 'e', 'r'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_BPF_ITER;
	case LETTERS('[', 'p', 'e', 'r', 'f', '_', 'e', 'v'):
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_PERF_EVENT;
	default:
		return anon_inode_fd_types__ANON_INODE_FD_TYPE_UNKNOWN;
	}
}

INLINE int anonymous(struct seq_file *out, const struct open_file *open, u64 magic)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_ANON_INODE_E);
	struct file *file = open->file;
	u8 kind = anon_inode_fd_types__ANON_INODE_FD_TYPE_PIDFD;
	u64 letters[2] = {};

	if (magic != PID_FS_MAGIC) {
		bpf_probe_read_kernel_str(letters, 9,
					  BPF_CORE_READ(file, f_path.dentry, d_name.name));
		kind = anonymous_kind(letters[0]);
	}
	/* 2: fd_type FLAGS8 */
	store__u8(record, 1, kind);
	/* 3: path FSPATH, of unknown types */
	if (kind == anon_inode_fd_types__ANON_INODE_FD_TYPE_UNKNOWN)
		store_path(record, 2, open->file);
	else
		store__empty(record, 2);
	/* 4: ino_num UINT64 */
	store__u64(record, 3, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_ANON_INODE_E);
}

/* Parameters 2 and 3, the same for all sockets. */
INLINE void store_type(struct jf_scratch *record, struct sock *sock)
{
	/* 2: sk_type UINT16 */
	store__u16(record, 1, BPF_CORE_READ(sock, sk_type));
	/* 3: sk_proto UINT16 */
	store__u16(record, 2, BPF_CORE_READ(sock, sk_protocol));
}

INLINE int inet(struct seq_file *out, const struct open_file *open, struct sock *sock)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_SOCKET_INET_E);

	store_type(record, sock);
	/* 4: local_ip IPV4ADDR */
	store__u32(record, 3, BPF_CORE_READ(sock, __sk_common.skc_rcv_saddr));
	/* 5: local_port PORT */
	store__u16(record, 4, BPF_CORE_READ(sock, __sk_common.skc_num));
	/* 6: remote_ip IPV4ADDR */
	store__u32(record, 5, BPF_CORE_READ(sock, __sk_common.skc_daddr));
	/* 7: remote_port PORT */
	store__u16(record, 6, __builtin_bswap16(BPF_CORE_READ(sock, __sk_common.skc_dport)));
	/* 8: ino_num UINT64 */
	store__u64(record, 7, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_SOCKET_INET_E);
}

INLINE void store_address6(struct jf_scratch *record, u32 param, const u32 *words)
{
	int i;

	for (i = 0; i < 4; i++)
		store__u32_part(record, words[i]);
	store__length(record, param, 4 * sizeof(*words));
}

INLINE int inet6(struct seq_file *out, const struct open_file *open, struct sock *sock)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_SOCKET_INET6_E);
	u32 local[4] = {}, remote[4] = {};

	BPF_CORE_READ_INTO(&local, sock, __sk_common.skc_v6_rcv_saddr);
	BPF_CORE_READ_INTO(&remote, sock, __sk_common.skc_v6_daddr);
	store_type(record, sock);
	/* 4: local_ip IPV6ADDR */
	store_address6(record, 3, local);
	/* 5: local_port PORT */
	store__u16(record, 4, BPF_CORE_READ(sock, __sk_common.skc_num));
	/* 6: remote_ip IPV6ADDR */
	store_address6(record, 5, remote);
	/* 7: remote_port PORT */
	store__u16(record, 6, __builtin_bswap16(BPF_CORE_READ(sock, __sk_common.skc_dport)));
	/* 8: ino_num UINT64 */
	store__u64(record, 7, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_SOCKET_INET6_E);
}

/* The path, or the name with "@" for its first NUL. */
INLINE void store_local_name(struct jf_scratch *record, u32 param, struct unix_sock *sock)
{
	struct unix_address *address = BPF_CORE_READ(sock, addr);
	const char *name;
	u32 before = record->end;
	u64 length = address ? BPF_CORE_READ(address, len) : 0;
	char first = 0;

	if (length <= 2) {
		store__u8_part(record, 0);
		store__length(record, param, 1);
		return;
	}
	name = (const char *)address + bpf_core_field_offset(struct unix_address, name) + 2;
	bpf_probe_read_kernel(&first, 1, name);
	store__u8_part(record, first ? first : '@');
	OPAQUE(name);
	/* Such a name does not end with a NUL: its length is that of the address. */
	length -= 2;
	OPAQUE(length);
	length &= 0x7f;
	store__kernel_text_part(record, name + 1, length);
	store__length(record, param, record->end - before);
}

INLINE int local(struct seq_file *out, const struct open_file *open, struct sock *sock)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_SOCKET_UNIX_E);

	store_type(record, sock);
	/* 4: sk_pointer UINT64 */
	store__u64(record, 3, (u64)sock);
	/* 5: sun_path FSPATH */
	store_local_name(record, 4, (struct unix_sock *)sock);
	/* 6: ino_num UINT64 */
	store__u64(record, 5, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_SOCKET_UNIX_E);
}

INLINE int netlink(struct seq_file *out, const struct open_file *open, struct sock *sock)
{
	/* 1: fd FD32 */
	struct jf_scratch *record = FILE_BEGIN(open, EVT_ITER_TASK_FILE_SOCKET_NETLINK_E);

	store_type(record, sock);
	/* 4: ino_num UINT64 */
	store__u64(record, 3, inode_number(open));
	FILE_SUBMIT(open, EVT_ITER_TASK_FILE_SOCKET_NETLINK_E);
}

INLINE int socket(struct seq_file *out, const struct open_file *open)
{
	struct file *file = open->file;
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sock = BPF_CORE_READ(socket, sk);

	if (!sock)
		return 0;
	switch (BPF_CORE_READ(sock, __sk_common.skc_family)) {
	case AF_INET:
		return inet(out, open, sock);
	case AF_INET6:
		return inet6(out, open, sock);
	case AF_UNIX:
		return local(out, open, sock);
	case AF_NETLINK:
		return netlink(out, open, sock);
	default:
		return 0;
	}
}

SEC("iter/task_file")
int iter_task_file(struct bpf_iter__task_file *context)
{
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct open_file open = {};
	struct seq_file *out;
	struct inode *inode;
	u64 magic;

	if (!task || !file || (task->flags & PF_KTHREAD))
		return 0;
	/* Descriptors of a main thread that has ended are those of its other threads. */
	if (task->pid != task->tgid && BPF_CORE_READ(task, group_leader, files))
		return 0;
	out = context->meta->seq;
	open.file = file;
	inode = BPF_CORE_READ(file, f_inode);
	open.inode = inode;
	open.tgid = task->tgid;
	open.fd = context->fd;
	open.slot = iterate__slot();
	open.closes_on_exec = closes_on_exec(task, open.fd);
	magic = BPF_CORE_READ(inode, i_sb, s_magic);
	if (magic == ANON_INODE_FS_MAGIC || magic == PID_FS_MAGIC)
		return anonymous(out, &open, magic);
	switch (BPF_CORE_READ(inode, i_mode) & S_IFMT) {
	case S_IFIFO:
		return pipe(out, &open, magic);
	case S_IFDIR:
		return directory(out, &open);
	case S_IFSOCK:
		return socket(out, &open);
	default:
		return exe__from_memfd(file) ? memfd(out, &open) : regular(out, &open);
	}
}
