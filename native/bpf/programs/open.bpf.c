/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* open: like openat, without a directory. */
#include "open.h"

PROGRAM(open)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_OPEN_X, EVT_SYSCALL_OPEN_X_PARAMS);
	u32 flags = read__arg(regs, 1);
	struct file_facts facts = {};
	struct path_argument name;

	if (!record)
		return 0;
	read__file_facts(read__current(), ret, &facts);
	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: name FSPATH */
	name = names__store_argument(record, 1, read__arg(regs, 0));
	/* 3: flags FLAGS32 */
	store__u32(record, 2, open__flags(flags, &facts));
	/* 4: mode UINT32 */
	store__u32(record, 3, convert__open_mode(flags, read__arg(regs, 2)));
	/* 5: dev UINT32 */
	store__u32(record, 4, facts.device);
	/* 6: ino UINT64 */
	store__u64(record, 5, facts.ino);
	/* 7: kpath FSPATH, 8: toctou BOOL */
	names__store_opened(record, 6, &name, ret);
	return program__submit(record, EVT_SYSCALL_OPEN_X);
}
