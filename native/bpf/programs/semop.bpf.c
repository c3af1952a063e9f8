/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* semop: the first two operations, when the call succeeded. */
#include "semaphore.h"

PROGRAM(semop)
{
	FIXED_BEGIN(record, EVT_SYSCALL_SEMOP_X, 28);
	struct user_sembuf operations[2] = {};
	u32 count = read__arg(regs, 2);

	if (ret == 0 && count)
		bpf_probe_read_user(operations,
				    count == 1 ? sizeof(operations[0]) : sizeof(operations),
				    (void *)read__arg(regs, 1));
	/* 1: res ERRNO */
	fixed__s64(&record, ret);
	/* 2: nsops UINT32 */
	fixed__u32(&record, count);
	/* 3: sem_num_0 UINT16, 4: sem_op_0 INT16, 5: sem_flg_0 FLAGS16 */
	semaphore__fixed(&record, &operations[0]);
	/* 6: sem_num_1 UINT16, 7: sem_op_1 INT16, 8: sem_flg_1 FLAGS16 */
	semaphore__fixed(&record, &operations[1]);
	/* 9: semid INT32 */
	fixed__u32(&record, read__arg(regs, 0));
	FIXED_SUBMIT(record);
}
