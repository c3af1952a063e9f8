/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* prctl: the second argument is a name for some options, a number for the others. */
#include "program.h"

PROGRAM(prctl)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_PRCTL_X, EVT_SYSCALL_PRCTL_X_PARAMS);
	u32 option = read__arg(regs, 0);
	u64 value = read__arg(regs, 1);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: option ENUMFLAGS32 */
	store__u32(record, 1, option);
	/* 3: arg2_str CHARBUF, 4: arg2_int INT64 */
	if (option == PR_SET_NAME || option == PR_GET_NAME) {
		store__user_text(record, 2, value);
		store__s64(record, 3, 0);
	} else {
		if (option == PR_GET_CHILD_SUBREAPER) {
			s32 answer = 0;

			bpf_probe_read_user(&answer, sizeof(answer), (void *)value);
			value = (s64)answer;
		}
		store__empty(record, 2);
		store__s64(record, 3, value);
	}
	return program__submit(record, EVT_SYSCALL_PRCTL_X);
}
