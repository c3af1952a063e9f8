/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* close: so frequent that it has a program of its own, with a record of fixed size. */
#include "program.h"

PROGRAM(close)
{
	FIXED_BEGIN(record, EVT_SYSCALL_CLOSE_X, 16);
	/* 1: res ERRNO */
	fixed__s64(&record, ret);
	/* 2: fd FD */
	fixed__s64(&record, read__int_arg(regs, 0));
	FIXED_SUBMIT(record);
}
