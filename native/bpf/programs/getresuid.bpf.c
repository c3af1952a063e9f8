/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getresuid: the numbers are where the caller wanted them. */
#include "program.h"

PROGRAM(getresuid)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_GETRESUID_X, EVT_SYSCALL_GETRESUID_X_PARAMS);
	u32 real = 0, effective = 0, saved = 0;

	if (!record)
		return 0;
	bpf_probe_read_user(&real, sizeof(real), (void *)read__arg(regs, 0));
	bpf_probe_read_user(&effective, sizeof(effective), (void *)read__arg(regs, 1));
	bpf_probe_read_user(&saved, sizeof(saved), (void *)read__arg(regs, 2));
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: ruid UID */
	store__u32(record, 1, real);
	/* 3: euid UID */
	store__u32(record, 2, effective);
	/* 4: suid UID */
	store__u32(record, 3, saved);
	return program__submit(record, EVT_SYSCALL_GETRESUID_X);
}
