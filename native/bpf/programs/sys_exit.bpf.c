/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The return of every system call: the only program attached for them. It filters and jumps to
 * the program of the call. One raw attachment costs every system call of the host a few dozen
 * nanoseconds whether it is wanted or not, so nothing is done here before the interest check.
 * execve and the child's side of clone come through here too on x86_64. Before 5.10 a program that
 * jumps must not call functions.
 */
#include "names.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(sys_exit, struct pt_regs *regs, long ret)
{
	/* -1 when the task is not in a system call (cancelled by ptrace or seccomp). */
	u32 number = read__number(regs);
	u8 *wanted = bpf_map_lookup_elem(&interest, &number);
	struct jf_config *settings;
	struct task_struct *task;

	if (!wanted || !*wanted)
		return 0;
	settings = base__config();
	if (!settings)
		return 0;
	task = read__current();
	if (FOLLOW(task, tgid) == settings->self_tgid)
		return 0;
	if (ret < 0 && settings->drop_failed) {
		if (settings->kept)
			names__forget_of(task);
		return 0;
	}
	if (read__is_compat(task))
		number = JF_TAIL_IA32;
	else if (!(*wanted & WANTED))
		return 0;
	bpf_tail_call(ctx, &tails, number);
	return 0;
}
