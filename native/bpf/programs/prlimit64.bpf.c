/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* prlimit64: the old limits are known only after success. */
#include "rlimit.h"

PROGRAM(prlimit64)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_PRLIMIT_X, EVT_SYSCALL_PRLIMIT_X_PARAMS);
	struct user_rlimit old_limit = {-1, -1};
	struct user_rlimit new_limit = {};

	if (!record)
		return 0;
	bpf_probe_read_user(&new_limit, sizeof(new_limit), (void *)read__arg(regs, 2));
	if (ret == 0) {
		old_limit = (struct user_rlimit){};
		bpf_probe_read_user(&old_limit, sizeof(old_limit), (void *)read__arg(regs, 3));
	}
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: newcur INT64 */
	store__u64(record, 1, new_limit.cur);
	/* 3: newmax INT64 */
	store__u64(record, 2, new_limit.max);
	/* 4: oldcur INT64 */
	store__u64(record, 3, old_limit.cur);
	/* 5: oldmax INT64 */
	store__u64(record, 4, old_limit.max);
	/* 6: pid INT64 */
	store__s64(record, 5, read__int_arg(regs, 0));
	/* 7: resource ENUMFLAGS8 */
	store__u8(record, 6, rlimit__resource(read__arg(regs, 1)));
	return program__submit(record, EVT_SYSCALL_PRLIMIT_X);
}
