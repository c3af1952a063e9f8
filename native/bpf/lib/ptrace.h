/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* ptrace: requests, and what its data argument is. */
#pragma once

#include "program.h"

/* First byte of addr and data: dynamic.tsv, ptrace_dynamic_param. */
enum { PTRACE_FORM_U64, PTRACE_FORM_SIGNAL };

/*
 * Requests of Linux on x86_64, in the order of their numbers, and those from 0x4200. Not static: of
 * several static variables in one section the linker writes wrong offsets.
 */
const u8 ptrace_low[] = {
	[0] = ptrace_requests__PTRACE_TRACEME,
	[1] = ptrace_requests__PTRACE_PEEKTEXT,
	[2] = ptrace_requests__PTRACE_PEEKDATA,
	[3] = ptrace_requests__PTRACE_PEEKUSR,
	[4] = ptrace_requests__PTRACE_POKETEXT,
	[5] = ptrace_requests__PTRACE_POKEDATA,
	[6] = ptrace_requests__PTRACE_POKEUSR,
	[7] = ptrace_requests__PTRACE_CONT,
	[8] = ptrace_requests__PTRACE_KILL,
	[9] = ptrace_requests__PTRACE_SINGLESTEP,
	[12] = ptrace_requests__PTRACE_GETREGS,
	[13] = ptrace_requests__PTRACE_SETREGS,
	[14] = ptrace_requests__PTRACE_GETFPREGS,
	[15] = ptrace_requests__PTRACE_SETFPREGS,
	[16] = ptrace_requests__PTRACE_ATTACH,
	[17] = ptrace_requests__PTRACE_DETACH,
	[18] = ptrace_requests__PTRACE_GETFPXREGS,
	[19] = ptrace_requests__PTRACE_SETFPXREGS,
	[21] = ptrace_requests__PTRACE_OLDSETOPTIONS,
	[24] = ptrace_requests__PTRACE_SYSCALL,
	[25] = ptrace_requests__PTRACE_GET_THREAD_AREA,
	[26] = ptrace_requests__PTRACE_SET_THREAD_AREA,
	[30] = ptrace_requests__PTRACE_ARCH_PRCTL,
	[31] = ptrace_requests__PTRACE_SYSEMU,
	[32] = ptrace_requests__PTRACE_SYSEMU_SINGLESTEP,
	[33] = ptrace_requests__PTRACE_SINGLEBLOCK,
	[63] = 0,
};

#define PTRACE_HIGH 0x4200

const u8 ptrace_high[] = {
	[0] = ptrace_requests__PTRACE_SETOPTIONS,
	[1] = ptrace_requests__PTRACE_GETEVENTMSG,
	[2] = ptrace_requests__PTRACE_GETSIGINFO,
	[3] = ptrace_requests__PTRACE_SETSIGINFO,
	[4] = ptrace_requests__PTRACE_GETREGSET,
	[5] = ptrace_requests__PTRACE_SETREGSET,
	[6] = ptrace_requests__PTRACE_SEIZE,
	[7] = ptrace_requests__PTRACE_INTERRUPT,
	[8] = ptrace_requests__PTRACE_LISTEN,
	[9] = ptrace_requests__PTRACE_PEEKSIGINFO,
	[10] = ptrace_requests__PTRACE_GETSIGMASK,
	[11] = ptrace_requests__PTRACE_SETSIGMASK,
	[15] = 0,
};

INLINE u32 ptrace__request(u64 request)
{
	if (request < sizeof(ptrace_low))
		return ptrace_low[request & 63];
	if (request >= PTRACE_HIGH && request < PTRACE_HIGH + sizeof(ptrace_high))
		return ptrace_high[request & 15];
	return ptrace_requests__PTRACE_UNKNOWN;
}

INLINE void ptrace__store_number(struct jf_scratch *record, u32 param, u64 value)
{
	store__u8_part(record, PTRACE_FORM_U64);
	store__u64_part(record, value);
	store__length(record, param, 9);
}

/* What the request read, the signal it sends, or the argument as it is. */
INLINE void ptrace__store_data(struct jf_scratch *record, u32 param, u32 request, u64 data)
{
	switch (request) {
	case ptrace_requests__PTRACE_PEEKTEXT:
	case ptrace_requests__PTRACE_PEEKDATA:
	case ptrace_requests__PTRACE_PEEKUSR:
		ptrace__store_number(record, param, read__user_long(data));
		break;
	case ptrace_requests__PTRACE_CONT:
	case ptrace_requests__PTRACE_SINGLESTEP:
	case ptrace_requests__PTRACE_DETACH:
	case ptrace_requests__PTRACE_SYSCALL:
		store__u8_part(record, PTRACE_FORM_SIGNAL);
		store__u8_part(record, data);
		store__length(record, param, 2);
		break;
	default:
		ptrace__store_number(record, param, data);
	}
}
