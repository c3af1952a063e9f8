/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* openat2: flags, mode and resolve are in a struct in user memory. */
#include "open.h"

PROGRAM(openat2)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_OPENAT2_X, EVT_SYSCALL_OPENAT2_X_PARAMS);
	struct user_open_how how = {};
	struct file_facts facts = {};
	struct path_argument name;

	if (!record)
		return 0;
	read__file_facts(read__current(), ret, &facts);
	bpf_probe_read_user(&how, sizeof(how), (void *)read__arg(regs, 2));
	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: dirfd FD */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: name FSRELPATH */
	name = names__store_argument(record, 2, read__arg(regs, 1));
	/* 4: flags FLAGS32 */
	store__u32(record, 3, open__flags(how.flags, &facts));
	/* 5: mode UINT32 */
	store__u32(record, 4, convert__open_mode(how.flags, how.mode));
	/* 6: resolve FLAGS32 */
	store__u32(record, 5, convert__resolve(how.resolve));
	/* 7: dev UINT32 */
	store__u32(record, 6, facts.device);
	/* 8: ino UINT64 */
	store__u64(record, 7, facts.ino);
	/* 9: kpath FSPATH, 10: toctou BOOL */
	names__store_opened(record, 8, &name, ret);
	return program__submit(record, EVT_SYSCALL_OPENAT2_X);
}
