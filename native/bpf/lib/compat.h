/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * 32-bit (ia32) system calls: how their arguments become those of the 64-bit call that they are
 * delivered as. ia32.tsv (event-model) names the form of each; the program ia32 does it.
 */
#pragma once

#include "vmlinux.h"

enum compat_form {
	COMPAT_PLAIN,
	COMPAT_MMAP_STRUCT, /* all arguments in a structure */
	COMPAT_PAGES,	    /* mmap2: the offset counts pages */
	COMPAT_NO_FLAGS,    /* umount has no second argument */
	COMPAT_LONG_OFFSET, /* the second argument has a sign */
	COMPAT_LLSEEK,	    /* the offset in two arguments, the high half first */
	COMPAT_OFFSET_PAIR, /* the fourth and fifth argument are halves of an offset */
	COMPAT_OFFSET32,    /* the third argument points to a number of 32 bits */
	COMPAT_TIME64,	    /* the times are those of 64-bit programs */
	COMPAT_IDS16,	    /* arguments are user or group numbers of 16 bits */
	COMPAT_OWNER16,	    /* the second and third argument are such numbers */
	COMPAT_IDS16_OUT,   /* arguments point to such numbers */
	COMPAT_ID16_RET,    /* the result is such a number */
	COMPAT_NO_ADDRESS,  /* send and recv lack the last two arguments */
};

struct compat_row {
	u16 number; /* of the 64-bit call, plus one; 0: none */
	u16 form;
};
