/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* ptrace */
#include "ptrace.h"

PROGRAM(ptrace)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_PTRACE_X, EVT_SYSCALL_PTRACE_X_PARAMS);
	u32 request = ptrace__request(read__arg(regs, 0));

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: addr DYN */
	ptrace__store_number(record, 1, ret < 0 ? 0 : read__arg(regs, 2));
	/* 3: data DYN */
	if (ret < 0)
		ptrace__store_number(record, 2, 0);
	else
		ptrace__store_data(record, 2, request, read__arg(regs, 3));
	/* 4: request ENUMFLAGS16 */
	store__u16(record, 3, request);
	/* 5: pid PID */
	store__s64(record, 4, read__int_arg(regs, 1));
	return program__submit(record, EVT_SYSCALL_PTRACE_X);
}
