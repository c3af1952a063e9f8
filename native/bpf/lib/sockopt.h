/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* getsockopt and setsockopt: the value's form depends on the option. */
#pragma once

#include "program.h"

/* First byte of the value: dynamic.tsv, sockopt_dynamic_param. */
enum { SOCKOPT_BYTES, SOCKOPT_ERRNO, SOCKOPT_U32, SOCKOPT_U64, SOCKOPT_TIME };

#define SO_ERROR 4
#define SO_LINGER 13
#define SO_PEERCRED 17
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SO_ATTACH_FILTER 26
#define SO_PEERNAME 28
#define SO_INCOMING_CPU 49
#define SO_ATTACH_BPF 50
#define SO_MEMINFO 55
#define SO_COOKIE 57
#define SO_PEERGROUPS 59
#define SO_RCVTIMEO_NEW 66
#define SO_SNDTIMEO_NEW 67

INLINE u32 sockopt__level(s32 level)
{
	return level == SOL_SOCKET ? sockopt_levels__SOL_SOCKET
	       : level == SOL_TCP  ? sockopt_levels__SOL_TCP
				   : sockopt_levels__UNKNOWN;
}

/* Names up to SO_ATTACH_BPF have the kernel's numbers. */
INLINE u32 sockopt__name(s32 level, s32 option)
{
	if (level != SOL_SOCKET)
		return sockopt_options__UNKNOWN;
	switch (option) {
	case SO_MEMINFO:
		return sockopt_options__SO_MEMINFO;
	case SO_COOKIE:
		return sockopt_options__SO_COOKIE;
	case SO_PEERGROUPS:
		return sockopt_options__SO_PEERGROUPS;
	case SO_RCVTIMEO_NEW:
		return sockopt_options__SO_RCVTIMEO;
	case SO_SNDTIMEO_NEW:
		return sockopt_options__SO_SNDTIMEO;
	default:
		return option > 0 && option <= SO_ATTACH_BPF ? option : sockopt_options__UNKNOWN;
	}
}

INLINE u32 sockopt__form(s32 level, s32 option)
{
	if (level != SOL_SOCKET)
		return SOCKOPT_BYTES;
	switch (option) {
	case SO_ERROR:
		return SOCKOPT_ERRNO;
	case SO_RCVTIMEO:
	case SO_SNDTIMEO:
	case SO_RCVTIMEO_NEW:
	case SO_SNDTIMEO_NEW:
		return SOCKOPT_TIME;
	case SO_COOKIE:
		return SOCKOPT_U64;
	case SO_LINGER:
	case SO_PEERCRED:
	case SO_ATTACH_FILTER:
	case SO_PEERNAME:
		return SOCKOPT_BYTES;
	default:
		return option > 0 && option <= SO_INCOMING_CPU ? SOCKOPT_U32 : SOCKOPT_BYTES;
	}
}

/* A timeout in nanoseconds: the old options have a struct timeval, the new one has 64 bits always. */
INLINE u64 sockopt__time(s32 option, u64 address)
{
	u64 time[2] = {};

	if (option == SO_RCVTIMEO || option == SO_SNDTIMEO)
		read__user_longs(address, time);
	else
		bpf_probe_read_user(time, sizeof(time), (void *)address);
	return time[0] * 1000000000ull + time[1] * 1000;
}

INLINE void sockopt__store_value(struct jf_scratch *record, u32 param, s32 level, s32 option,
				 u64 address, u32 length)
{
	u32 form = sockopt__form(level, option);
	u32 start = record->end;
	u64 word = 0;

	store__u8_part(record, form);
	if (form == SOCKOPT_BYTES) {
		store__user_bytes_part(record, address, length);
	} else if (form == SOCKOPT_TIME) {
		store__u64_part(record, sockopt__time(option, address));
	} else if (form == SOCKOPT_U64) {
		bpf_probe_read_user(&word, sizeof(u64), (void *)address);
		store__u64_part(record, word);
	} else {
		bpf_probe_read_user(&word, sizeof(u32), (void *)address);
		if (form == SOCKOPT_U32)
			store__u32_part(record, word);
		else
			store__u64_part(record, -(s64)(s32)word);
	}
	store__length(record, param, record->end - start);
}

INLINE int sockopt__program(u32 event, const struct call *regs, long ret, u32 length)
{
	struct jf_scratch *record = program__begin(event, EVT_SOCKET_SETSOCKOPT_X_PARAMS);
	s32 level = read__arg(regs, 1);
	s32 option = read__arg(regs, 2);

	if (!record)
		return 0;
	/* 1: res ERRNO */
	store__s64(record, 0, ret);
	/* 2: fd FD */
	store__s64(record, 1, read__int_arg(regs, 0));
	/* 3: level ENUMFLAGS8 */
	store__u8(record, 2, sockopt__level(level));
	/* 4: optname ENUMFLAGS8 */
	store__u8(record, 3, sockopt__name(level, option));
	/* 5: val DYN */
	sockopt__store_value(record, 4, level, option, read__arg(regs, 3), length);
	/* 6: optlen UINT32 */
	store__u32(record, 5, length);
	return program__submit(record, event);
}
