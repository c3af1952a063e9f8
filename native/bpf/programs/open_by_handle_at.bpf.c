/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* open_by_handle_at: the caller has no path, so it is taken from the opened file. */
#include "open.h"
#include "names.h"

PROGRAM(open_by_handle_at)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_OPEN_BY_HANDLE_AT_X,
						   EVT_SYSCALL_OPEN_BY_HANDLE_AT_X_PARAMS);
	struct task_struct *task = read__current();
	struct file_facts facts = {};

	if (!record)
		return 0;
	read__file_facts(task, ret, &facts);
	/* 1: fd FD */
	store__s64(record, 0, ret);
	/* 2: mountfd FD */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: flags FLAGS32 */
	store__u32(record, 2, open__flags(read__arg(regs, 2), &facts));
	/* 4: path FSPATH */
	path__store(record, 3, read__file(task, ret));
	/* 5: dev UINT32 */
	store__u32(record, 4, facts.device);
	/* 6: ino UINT64 */
	store__u64(record, 5, facts.ino);
	/* 7: toctou BOOL */
	names__store_mark(record, 6, false);
	return program__submit(record, EVT_SYSCALL_OPEN_BY_HANDLE_AT_X);
}
