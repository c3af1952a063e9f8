/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps the address that connect uses for TCP: when the call fails, the socket has forgotten it by
 * the time it returns.
 */
#include "address.h"

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(keep_peer, const struct sock *sock, int before, int after)
{
	struct task_struct *task;
	struct jf_names *slot;

	if (after != TCP_SYN_SENT)
		return 0;
	task = read__current();
	if (!names__is_told(task, names__number(task)))
		return 0;
	slot = names__claim(task);
	if (slot)
		address__of_peer(&slot->peer, (struct sock *)sock);
	return 0;
}
