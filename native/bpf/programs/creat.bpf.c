/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* creat */
#include "open.h"

PROGRAM(creat)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_CREAT_X, EVT_SYSCALL_CREAT_X_PARAMS);
	struct file_facts facts = {};
	struct path_argument name;

	if (!record)
		return 0;
	read__file_facts(read__current(), ret, &facts);
	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: name FSPATH */
	name = names__store_argument(record, 1, read__arg(regs, 0));
	/* 3: mode UINT32 */
	store__u32(record, 2, convert__open_mode(O_CREAT, read__arg(regs, 1)));
	/* 4: dev UINT32 */
	store__u32(record, 3, facts.device);
	/* 5: ino UINT64 */
	store__u64(record, 4, facts.ino);
	/* 6: creat_flags FLAGS16 */
	store__u16(record, 5,
		   facts.overlay == OVERLAY_UPPER   ? creat_flags__FD_UPPER_LAYER_CREAT
		   : facts.overlay == OVERLAY_LOWER ? creat_flags__FD_LOWER_LAYER_CREAT
						    : 0);
	/* 7: kpath FSPATH, 8: toctou BOOL */
	names__store_opened(record, 6, &name, ret);
	return program__submit(record, EVT_SYSCALL_CREAT_X);
}
