/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* poll and ppoll: the descriptors and what happened to them. */
#pragma once

#include "program.h"

/* Descriptors that are kept. */
#define MAX_POLLED 16

struct user_pollfd {
	s32 fd;
	s16 events;
	s16 happened;
};

/* POLLRDHUP lies apart in Linux; the order of the others differs too. */
INLINE u16 poll__events(s16 events)
{
	return BIT_TO(events, 0x0001, poll_flags__POLLIN) |
	       BIT_TO(events, 0x0002, poll_flags__POLLPRI) |
	       BIT_TO(events, 0x0004, poll_flags__POLLOUT) |
	       BIT_TO(events, 0x0008, poll_flags__POLLERR) |
	       BIT_TO(events, 0x0010, poll_flags__POLLHUP) |
	       BIT_TO(events, 0x0020, poll_flags__POLLNVAL) |
	       BIT_TO(events, 0x0040, poll_flags__POLLRDNORM) |
	       BIT_TO(events, 0x0080, poll_flags__POLLRDBAND) |
	       BIT_TO(events, 0x0100, poll_flags__POLLWRNORM) |
	       BIT_TO(events, 0x0200, poll_flags__POLLWRBAND) |
	       BIT_TO(events, 0x2000, poll_flags__POLLRDHUP);
}

/* A count, then number and events of each descriptor; count 0 when they cannot be read. */
INLINE void poll__store_list(struct jf_scratch *record, u32 param, u64 address, u32 count)
{
	struct user_pollfd polled[MAX_POLLED] = {};
	u32 start = record->end;
	u64 size;
	u32 i;

	if (count > MAX_POLLED)
		count = MAX_POLLED;
	size = (u64)count * sizeof(polled[0]);
	OPAQUE(size);
	if (size > sizeof(polled) || bpf_probe_read_user(polled, size, (void *)address))
		count = 0;
	store__u16_part(record, count);
	for (i = 0; i < MAX_POLLED; i++) {
		if (i >= count)
			break;
		store__u64_part(record, (s64)polled[i].fd);
		store__u16_part(record, poll__events(polled[i].happened));
	}
	store__length(record, param, record->end - start);
}
