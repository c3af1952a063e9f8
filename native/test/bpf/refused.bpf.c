/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Programs that no kernel takes, one for each way of being refused. Linked with the real ones into
 * an object that only tests load, to show that the real ones then still work.
 */
#include "program.h"

/* The verifier refuses it: reads behind the value of a map. */
PROGRAM(sched_rr_get_interval)
{
	struct jf_config *settings = base__config();

	if (!settings)
		return 0;
	return ((const u64 *)settings)[1000 + (ret & 7)];
}

/* The verifier refuses it: the address may be NULL. */
PROGRAM(getpriority)
{
	u32 key = ret;
	const u64 *value = bpf_map_lookup_elem(&stats, &key);

	return *value;
}

/* libbpf refuses it: no kernel has this hook. */
SEC("tp_btf/jfalco_no_such_hook")
int BPF_PROG(no_such_hook, struct pt_regs *regs, long ret)
{
	return 0;
}
