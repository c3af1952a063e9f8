/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* io_uring_setup: the kernel has filled the caller's struct. */
#include "program.h"

PROGRAM(io_uring_setup)
{
	struct jf_scratch *record =
		program__begin(EVT_SYSCALL_IO_URING_SETUP_X, EVT_SYSCALL_IO_URING_SETUP_X_PARAMS);
	struct user_io_uring_params params = {};

	if (!record)
		return 0;
	bpf_probe_read_user(&params, sizeof(params), (void *)read__arg(regs, 1));
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: entries UINT32 */
	store__u32(record, 1, read__arg(regs, 0));
	/* 3: sq_entries UINT32 */
	store__u32(record, 2, params.sq_entries);
	/* 4: cq_entries UINT32 */
	store__u32(record, 3, params.cq_entries);
	/* 5: flags FLAGS32 */
	store__u32(record, 4, convert__io_uring_setup_flags(params.flags));
	/* 6: sq_thread_cpu UINT32 */
	store__u32(record, 5, params.sq_thread_cpu);
	/* 7: sq_thread_idle UINT32 */
	store__u32(record, 6, params.sq_thread_idle);
	/* 8: features FLAGS32: those with a name have the kernel's values; Falco never sets one */
	store__u32(record, 7,
		   params.features & 0x7ff & ~io_uring_setup_feats__IORING_FEAT_ENTER_EXT_ARG);
	return program__submit(record, EVT_SYSCALL_IO_URING_SETUP_X);
}
