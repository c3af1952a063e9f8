/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* fsconfig: the value is a text for some commands, a buffer of aux bytes for one; none after a failure. */
#include "program.h"

PROGRAM(fsconfig)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_FSCONFIG_X, EVT_SYSCALL_FSCONFIG_X_PARAMS);
	u32 command = read__arg(regs, 1);
	u64 value = read__arg(regs, 3);
	u32 aux = read__arg(regs, 4);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: fd FD */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: cmd ENUMFLAGS32: the numbers are Linux's */
	store__u32(record, 2, command);
	/* 4: key CHARBUF */
	store__user_text(record, 3, read__arg(regs, 2));
	/* 5: value_bytebuf BYTEBUF */
	if (ret >= 0 && command == fsconfig_cmds__FSCONFIG_SET_BINARY && aux < JF_MAX_RECORD)
		store__user_bytes(record, 4, value, aux);
	else
		store__empty(record, 4);
	/* 6: value_charbuf CHARBUF */
	if (ret >= 0 && (command == fsconfig_cmds__FSCONFIG_SET_STRING ||
			 command == fsconfig_cmds__FSCONFIG_SET_PATH ||
			 command == fsconfig_cmds__FSCONFIG_SET_PATH_EMPTY))
		store__user_text(record, 5, value);
	else
		store__empty(record, 5);
	/* 7: aux INT32 */
	store__u32(record, 6, aux);
	return program__submit(record, EVT_SYSCALL_FSCONFIG_X);
}
