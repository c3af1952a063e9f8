/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* System V semaphores. */
#pragma once

#include "program.h"

#define IPC_NOWAIT 04000
#define SEM_UNDO 0x1000

struct user_sembuf {
	u16 number;
	s16 operation;
	s16 flags;
};

/* sem_num, sem_op and sem_flg of one operation. */
INLINE void semaphore__fixed(struct fixed *record, const struct user_sembuf *operation)
{
	fixed__u16(record, operation->number);
	fixed__u16(record, operation->operation);
	fixed__u16(record, BIT_TO(operation->flags, IPC_NOWAIT, semop_flags__IPC_NOWAIT) |
				   BIT_TO(operation->flags, SEM_UNDO, semop_flags__SEM_UNDO));
}
