/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* socketpair: the kernel addresses of both ends tell later which events belong together. */
#include "socket.h"

PROGRAM(socketpair)
{
	struct jf_scratch *record =
		program__begin(EVT_SOCKET_SOCKETPAIR_X, EVT_SOCKET_SOCKETPAIR_X_PARAMS);
	struct sock *first = NULL, *second = NULL;
	s32 fds[2] = {-1, -1};

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	if (ret == 0) {
		bpf_probe_read_user(fds, sizeof(fds), (void *)read__arg(regs, 3));
		first = socket__of(read__current(), fds[0]);
		if (first)
			second = BPF_CORE_READ((struct unix_sock *)first, peer);
	}
	/* 2: fd1 FD */
	store__s64(record, 1, fds[0]);
	/* 3: fd2 FD */
	store__s64(record, 2, fds[1]);
	/* 4: source UINT64 */
	store__u64(record, 3, (u64)first);
	/* 5: peer UINT64 */
	store__u64(record, 4, (u64)second);
	/* 6: domain ENUMFLAGS32 */
	store__u32(record, 5, convert__socket_family(read__arg(regs, 0)));
	/* 7: type UINT32 */
	store__u32(record, 6, read__arg(regs, 1));
	/* 8: proto UINT32 */
	store__u32(record, 7, read__arg(regs, 2));
	return program__submit(record, EVT_SOCKET_SOCKETPAIR_X);
}
