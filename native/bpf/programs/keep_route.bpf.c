/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps where a datagram goes: the route is looked up by the address that was copied from user
 * memory. What arrives meanwhile and is handled on this CPU is looked up without a port.
 */
#include "address.h"

/* The slot, when the record of the call tells what the kernel used. */
INLINE struct jf_names *slot_for(u16 port)
{
	struct task_struct *task = read__current();

	return port && names__is_told(task, names__number(task)) ? names__claim(task) : NULL;
}

/* Table, flow, ... The first look-up of a message is its own. */
SEC("raw_tp/fib_table_lookup")
int keep_route(struct bpf_raw_tracepoint_args *ctx)
{
	struct flowi4 *flow = (void *)ctx->args[1];
	u16 port = BPF_CORE_READ(flow, uli.ports.dport);
	struct jf_names *slot = slot_for(port);
	struct jf_seen *seen;

	if (!slot)
		return 0;
	if (slot->many) {
		struct user_sockaddr_in address = {.family = AF_INET, .port = port};

		seen = names__unseen(slot);
		address.address = BPF_CORE_READ(flow, daddr);
		if (seen) {
			__builtin_memcpy(seen->bytes, &address, sizeof(address));
			seen->length = sizeof(address);
		}
	} else if (!slot->peer.known) {
		address__map(&slot->peer, BPF_CORE_READ(flow, daddr));
		slot->peer.port = port;
		slot->peer.known = 1;
	}
	return 0;
}

/* Network, result, table, flow. */
SEC("raw_tp/fib6_table_lookup")
int keep_route6(struct bpf_raw_tracepoint_args *ctx)
{
	struct flowi6 *flow = (void *)ctx->args[3];
	u16 port = BPF_CORE_READ(flow, uli.ports.dport);
	struct jf_names *slot = slot_for(port);
	struct jf_seen *seen;

	if (!slot)
		return 0;
	if (slot->many) {
		struct user_sockaddr_in6 address = {.family = AF_INET6, .port = port};

		seen = names__unseen(slot);
		BPF_CORE_READ_INTO(&address.address, flow, daddr);
		if (seen) {
			__builtin_memcpy(seen->bytes, &address, sizeof(address));
			seen->length = sizeof(address);
		}
	} else if (!slot->peer.known) {
		BPF_CORE_READ_INTO(&slot->peer.words, flow, daddr);
		slot->peer.port = port;
		slot->peer.known = 1;
	}
	return 0;
}
