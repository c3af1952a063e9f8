/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* sendfile */
#include "program.h"

/* A 32-bit program's sendfile has an offset of 32 bits, its sendfile64 has not. */
INLINE bool short_offset(void)
{
	return read__is_compat(read__current()) &&
	       read__compat_form() == COMPAT_OFFSET32;
}

PROGRAM(sendfile)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_SENDFILE_X, EVT_SYSCALL_SENDFILE_X_PARAMS);
	u64 offset = 0;

	if (!record)
		return 0;
	bpf_probe_read_user(&offset, short_offset() ? sizeof(u32) : sizeof(u64),
			    (void *)read__arg(regs, 2));
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: offset UINT64 */
	store__u64(record, 1, offset);
	/* 3: out_fd FD */
	store__s64(record, 2, read__int_arg(regs, 0));
	/* 4: in_fd FD */
	store__s64(record, 3, read__int_arg(regs, 1));
	/* 5: size UINT64 */
	store__u64(record, 4, read__arg(regs, 3));
	return program__submit(record, EVT_SYSCALL_SENDFILE_X);
}
