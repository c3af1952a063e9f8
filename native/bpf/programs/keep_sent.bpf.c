/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Of sendmmsg: where one message ends and the next begins. Kernels before 6.3 do not tell. */
#include "names.h"

SEC("tp_btf/sock_send_length")
int keep_sent(u64 *ctx)
{
	struct task_struct *task = read__current();
	struct jf_names *slot = names__own(task);

	if (slot && slot->many && names__is_told(task, names__number(task)))
		slot->sent++;
	return 0;
}
