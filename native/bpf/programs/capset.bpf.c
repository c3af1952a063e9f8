/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* capset: the sets that the task has after the call. */
#include "exe.h"

PROGRAM(capset)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_CAPSET_X, EVT_SYSCALL_CAPSET_X_PARAMS);
	const struct cred *cred;

	if (!record)
		return 0;
	cred = FOLLOW(read__current(), cred);
	if (!cred)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: cap_inheritable UINT64 */
	store__u64(record, 1, exe__capabilities(&cred->cap_inheritable));
	/* 3: cap_permitted UINT64 */
	store__u64(record, 2, exe__capabilities(&cred->cap_permitted));
	/* 4: cap_effective UINT64 */
	store__u64(record, 3, exe__capabilities(&cred->cap_effective));
	return program__submit(record, EVT_SYSCALL_CAPSET_X);
}
