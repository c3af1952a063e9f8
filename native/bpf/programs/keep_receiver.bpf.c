/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps the abstract name of the local socket that a message, or a connection, has come to: the sender
 * wakes its owner. A path may be another one than was named. Kernels before 6.3 do not tell.
 */
#include "names.h"

SEC("tp_btf/sk_data_ready")
int BPF_PROG(keep_receiver, const struct sock *sock)
{
	struct task_struct *task = read__current();
	struct unix_address *address;
	struct jf_names *slot;
	struct jf_seen *seen;
	const char *name;
	char first = 1;
	u64 length;

	if (BPF_CORE_READ(sock, __sk_common.skc_family) != AF_UNIX ||
	    !names__is_told(task, names__number(task)))
		return 0;
	address = BPF_CORE_READ((struct unix_sock *)sock, addr);
	if (!address)
		return 0;
	name = (char *)address + bpf_core_field_offset(struct unix_address, name);
	bpf_probe_read_kernel(&first, 1, name + 2);
	length = BPF_CORE_READ(address, len);
	if (first || length > SOCKADDR_UN_PATH + 2)
		return 0;
	slot = names__claim(task);
	seen = slot ? names__unseen(slot) : NULL;
	if (!seen)
		return 0;
	__builtin_memset(seen->bytes, 0, sizeof(seen->bytes));
	OPAQUE(length);
	length &= 0x7f;
	bpf_probe_read_kernel(seen->bytes, length, name);
	seen->length = length;
	return 0;
}
