/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* semctl: the fourth argument is a number for SETVAL only. */
#include "semaphore.h"

#define SETVAL 16

/* Commands in the order of Linux's numbers; 0: there is no such command. */
const u16 semctl_by_number[32] = {
	[0] = semctl_commands__IPC_RMID,  [1] = semctl_commands__IPC_SET,
	[2] = semctl_commands__IPC_STAT,  [3] = semctl_commands__IPC_INFO,
	[11] = semctl_commands__GETPID,	  [12] = semctl_commands__GETVAL,
	[13] = semctl_commands__GETALL,	  [14] = semctl_commands__GETNCNT,
	[15] = semctl_commands__GETZCNT,  [SETVAL] = semctl_commands__SETVAL,
	[17] = semctl_commands__SETALL,	  [18] = semctl_commands__SEM_STAT,
	[19] = semctl_commands__SEM_INFO,
};

INLINE u16 portable_command(u32 command)
{
	return command < 32 ? semctl_by_number[command & 31] : 0;
}

PROGRAM(semctl)
{
	FIXED_BEGIN(record, EVT_SYSCALL_SEMCTL_X, 22);
	u16 command = read__arg(regs, 2);

	/* 1: res ERRNO */
	fixed__s64(&record, ret);
	/* 2: semid INT32 */
	fixed__u32(&record, read__arg(regs, 0));
	/* 3: semnum INT32 */
	fixed__u32(&record, read__arg(regs, 1));
	/* 4: cmd FLAGS16 */
	fixed__u16(&record, portable_command(command));
	/* 5: val INT32 */
	fixed__u32(&record, command == SETVAL ? read__arg(regs, 3) : 0);
	FIXED_SUBMIT(record);
}
