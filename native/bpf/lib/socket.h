/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Addresses and connections of sockets. */
#pragma once

#include "program.h"

/* Which end of a connection is named first: the one that sends. */
enum direction { OUTBOUND, INBOUND };

/* The socket behind a descriptor, or NULL when it is something else. */
INLINE struct sock *socket__of(struct task_struct *task, s64 fd)
{
	struct file *file = read__file(task, fd);
	struct socket *socket;

	if (!file || BPF_CORE_READ(file, f_inode, i_sb, s_magic) != SOCKFS_MAGIC)
		return NULL;
	socket = BPF_CORE_READ(file, private_data);
	return BPF_CORE_READ(socket, sk);
}

/* Stores an address in user memory, as SOCKADDR. In socket.bpf.c. */
int socket__store_address(u32 param, u64 address, u32 length);

/* Adds the address that was seen of a message, as SOCKADDR; the bytes added. In socket.bpf.c. */
int socket__store_seen_address(u32 message);

/*
 * Stores both ends of a socket, as SOCKTUPLE. The address that the call names (may be NULL) is
 * taken for the peer of a socket without one. In socket.bpf.c.
 */
int socket__store_tuple(u32 param, s64 fd, u32 direction, u64 user_address, u32 length);
