/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getcwd */
#include "program.h"

PROGRAM(getcwd)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_GETCWD_X, EVT_SYSCALL_GETCWD_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: path CHARBUF */
	if (ret >= 0)
		store__user_text(record, 1, read__arg(regs, 0));
	else
		store__empty(record, 1);
	return program__submit(record, EVT_SYSCALL_GETCWD_X);
}
