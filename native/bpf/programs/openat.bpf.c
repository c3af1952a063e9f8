/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* openat: device, inode and creation come from the file that was opened. */
#include "open.h"

PROGRAM(openat)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_OPENAT_2_X, EVT_SYSCALL_OPENAT_2_X_PARAMS);
	struct file_facts facts = {};
	struct path_argument name;
	u32 flags;

	if (!record)
		return 0;
	read__file_facts(read__current(), ret, &facts);
	flags = read__arg(regs, 2);
	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: dirfd FD */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: name FSRELPATH */
	name = names__store_argument(record, 2, read__arg(regs, 1));
	/* 4: flags FLAGS32 */
	store__u32(record, 3, open__flags(flags, &facts));
	/* 5: mode UINT32 */
	store__u32(record, 4, convert__open_mode(flags, read__arg(regs, 3)));
	/* 6: dev UINT32 */
	store__u32(record, 5, facts.device);
	/* 7: ino UINT64 */
	store__u64(record, 6, facts.ino);
	/* 8: kpath FSPATH, 9: toctou BOOL */
	names__store_opened(record, 7, &name, ret);
	return program__submit(record, EVT_SYSCALL_OPENAT_2_X);
}
