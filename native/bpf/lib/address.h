/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Addresses of bind and connect as the kernel's sockets hold them. */
#pragma once

#include "names.h"
#include "socket.h"

#define MAPPED_PREFIX __builtin_bswap32(0xffff)
#define LOOPBACK4 __builtin_bswap32(0x7f000001)
#define LOOPBACK6_END __builtin_bswap32(1)

enum address_side { ADDRESS_LOCAL, ADDRESS_PEER };

/* Added to the side when the call did not fail: the socket has the address. */
#define ADDRESS_DONE 2

INLINE void address__map(struct jf_address *address, u32 ip)
{
	address->words[0] = 0;
	address->words[1] = 0;
	address->words[2] = MAPPED_PREFIX;
	address->words[3] = ip;
}

INLINE void address__of_peer(struct jf_address *address, struct sock *sock)
{
	if (BPF_CORE_READ(sock, __sk_common.skc_family) == AF_INET6)
		BPF_CORE_READ_INTO(&address->words, sock, __sk_common.skc_v6_daddr);
	else
		address__map(address, BPF_CORE_READ(sock, __sk_common.skc_daddr));
	address->port = BPF_CORE_READ(sock, __sk_common.skc_dport);
	address->known = 1;
}

INLINE void address__of_local(struct jf_address *address, struct sock *sock)
{
	struct inet_sock *inet = (struct inet_sock *)sock;

	if (BPF_CORE_READ(sock, __sk_common.skc_family) == AF_INET6)
		BPF_CORE_READ_INTO(&address->words, sock, __sk_common.skc_v6_rcv_saddr);
	else
		address__map(address, BPF_CORE_READ(sock, __sk_common.skc_rcv_saddr));
	address->port = BPF_CORE_READ(inet, inet_sport);
	address->known = 1;
}

/*
 * Stores the address that the kernel used as SOCKADDR, and notes when that in the record (length
 * bytes from start) is another one. Returns 0 when the kernel's is not known. In address.bpf.c.
 */
int address__store(u32 param, s64 fd, u32 side, u32 start, u32 length);

/*
 * The same for a message that names its receiver. The record has both ends of the socket (length
 * bytes from start) with that one for the peer; none when the call failed. In address.bpf.c.
 */
int address__store_receiver(u32 param, u32 start, u32 length, u32 message);

/*
 * Whether the address of a message in user memory is another one than at the entry of the call; false
 * when nobody has looked then. In address.bpf.c.
 */
int address__has_changed(u32 message, u64 user, u32 length);

/*
 * toctou of a call with addresses. known: the record has been compared with what the kernel used.
 * Else only a difference to the entry is worth a mark: without one the kernel may still have seen another.
 */
INLINE void address__store_mark(struct jf_scratch *record, u32 param, int known, int changed)
{
	if (known)
		store__u32(record, param, record->differs);
	else if (changed)
		store__u32(record, param, MARK_DIFFERS);
	else
		store__empty(record, param);
}

/* kaddr and toctou of bind and connect. done: the call did not fail. */
INLINE void address__store_both(struct jf_scratch *record, u32 param, const struct call *regs,
				enum address_side side, bool done, u32 start, u32 end)
{
	int known;

	if (!record->kept) {
		store__empty(record, param);
		store__empty(record, param + 1);
		return;
	}
	known = address__store(param, read__int_arg(regs, 0), side | (done ? ADDRESS_DONE : 0), start,
			       end - start);
	address__store_mark(record, param + 1, known,
			    known ? 0 :
				    address__has_changed(0, read__arg(regs, 1), read__arg(regs, 2)));
	names__forget();
}

/*
 * kaddr and toctou of a message; the tuple is what was added since start. given: the call may have
 * named a receiver, then user and length are that.
 */
INLINE void address__store_message(struct jf_scratch *record, u32 param, u32 start, bool given,
				   u32 message, u64 user, u32 length)
{
	int known = 1;

	if (!record->kept) {
		store__empty(record, param);
		store__empty(record, param + 1);
		return;
	}
	if (given)
		known = address__store_receiver(param, start, record->end - start, message);
	else
		store__empty(record, param);
	address__store_mark(record, param + 1, known,
			    known ? 0 : address__has_changed(message, user, length));
}
