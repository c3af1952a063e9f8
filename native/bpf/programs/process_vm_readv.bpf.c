/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* process_vm_readv: the data as it arrived in the caller's buffers. */
#include "data.h"

PROGRAM(process_vm_readv)
{
	struct jf_scratch *record = program__begin(EVT_SYSCALL_PROCESS_VM_READV_X,
						   EVT_SYSCALL_PROCESS_VM_READV_X_PARAMS);

	if (!record)
		return 0;
	/* 1: res INT64 */
	store__s64(record, 0, ret);
	/* 2: pid PID */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: data BYTEBUF */
	if (ret > 0)
		data__store_buffers(record, 2, read__arg(regs, 1), read__arg(regs, 2),
				    data__limit(data__snaplen(-1, 0, 0, 0), ret));
	else
		store__empty(record, 2);
	return program__submit(record, EVT_SYSCALL_PROCESS_VM_READV_X);
}
