/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Keeps where a datagram goes: the route is looked up by the address that was copied from user
 * memory. What arrives meanwhile and is handled on this CPU is looked up without a port.
 */
#include "address.h"

/* The first look-up of a call is its own. */
INLINE struct jf_names *slot_for(u16 port)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct jf_names *slot;

	if (!port || !names__is_told(task, names__number(task)))
		return NULL;
	slot = names__claim(task);
	return slot && !slot->peer.known ? slot : NULL;
}

/* Table, flow, ... */
SEC("raw_tp/fib_table_lookup")
int keep_route(struct bpf_raw_tracepoint_args *ctx)
{
	struct flowi4 *flow = (void *)ctx->args[1];
	u16 port = BPF_CORE_READ(flow, uli.ports.dport);
	struct jf_names *slot = slot_for(port);

	if (slot) {
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

	if (slot) {
		BPF_CORE_READ_INTO(&slot->peer.words, flow, daddr);
		slot->peer.port = port;
		slot->peer.known = 1;
	}
	return 0;
}
