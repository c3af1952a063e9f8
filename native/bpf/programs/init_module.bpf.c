/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* init_module: the image, if it fits a record at all. */
#include "program.h"

PROGRAM(init_module)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_INIT_MODULE_X, EVT_SYSCALL_INIT_MODULE_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: img BYTEBUF: of a longer image its length modulo 64 KiB, as in Falco */
	store__user_bytes(record, 1, read__arg(regs, 0), read__arg(regs, 1));
	/* 3: length UINT64 */
	store__u64(record, 2, read__arg(regs, 1));
	/* 4: uargs CHARBUF */
	store__user_text(record, 3, read__arg(regs, 2));
	return program__submit(record, EVT_SYSCALL_INIT_MODULE_X);
}
