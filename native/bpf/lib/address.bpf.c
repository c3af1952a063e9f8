/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The kernel's addresses of bind and connect, and their comparison with those in user memory. */
#include "address.h"

/* An address in the record, as socket__store_address wrote it; known is 0 if it is no IP address. */
INLINE void address__of_record(struct jf_address *address, struct jf_scratch *record, u32 start,
			       u32 length)
{
	u64 at = WITHIN(start);
	u8 *bytes;
	u16 port;

	OPAQUE(at);
	at = WITHIN(at);
	bytes = &record->data[at];
	if (length == 7 && bytes[0] == AF_INET) {
		address__map(address, *(u32 *)(bytes + 1));
		port = *(u16 *)(bytes + 5);
	} else if (length == 19 && bytes[0] == AF_INET6) {
		address->words[0] = *(u32 *)(bytes + 1);
		address->words[1] = *(u32 *)(bytes + 5);
		address->words[2] = *(u32 *)(bytes + 9);
		address->words[3] = *(u32 *)(bytes + 13);
		port = *(u16 *)(bytes + 17);
	} else {
		return;
	}
	address->port = __builtin_bswap16(port);
	address->known = 1;
}

INLINE bool is_mapped(const struct jf_address *address)
{
	return !address->words[0] && !address->words[1] && address->words[2] == MAPPED_PREFIX;
}

/* Of either family. */
INLINE bool is_any(const struct jf_address *address)
{
	return !address->words[0] && !address->words[1] && !address->words[3] &&
	       (!address->words[2] || address->words[2] == MAPPED_PREFIX);
}

INLINE bool is_same_ip(const struct jf_address *one, const struct jf_address *other)
{
	return one->words[0] == other->words[0] && one->words[1] == other->words[1] &&
	       one->words[2] == other->words[2] && one->words[3] == other->words[3];
}

INLINE bool is_loopback(const struct jf_address *address)
{
	if (is_mapped(address))
		return address->words[3] == LOOPBACK4;
	return !address->words[0] && !address->words[1] && !address->words[2] &&
	       address->words[3] == LOOPBACK6_END;
}

/* Whether the kernel makes the second address of the first. */
INLINE bool explains(const struct jf_address *given, const struct jf_address *used,
		     struct sock *sock, bool local)
{
	struct jf_address own = {};

	if (!given->known)
		return is_any(used) && (local || !used->port);
	if (BPF_CORE_READ(sock, sk_type) != SOCK_RAW && given->port != used->port &&
	    (given->port || !local))
		return false;
	if (is_same_ip(given, used))
		return true;
	if (!is_any(given))
		return false;
	if (local)
		return is_any(used);
	/* To no address means to this host: by the loopback, or what the socket is bound to. */
	address__of_local(&own, sock);
	return is_loopback(used) || is_same_ip(used, &own);
}

INLINE void store_inet(struct jf_scratch *record, const struct jf_address *address, u16 family)
{
	store__u8_part(record, family);
	if (family == AF_INET6) {
		store__u32_part(record, address->words[0]);
		store__u32_part(record, address->words[1]);
		store__u32_part(record, address->words[2]);
	}
	store__u32_part(record, address->words[3]);
	store__u16_part(record, __builtin_bswap16(address->port));
}

INLINE int store_inet_address(struct jf_scratch *record, struct sock *sock, u16 family, u32 side,
			      u32 start, u32 length)
{
	struct jf_names *slot = names__own(bpf_get_current_task_btf());
	struct jf_address used = {};
	struct jf_address given = {};
	bool local = !(side & ADDRESS_PEER);

	address__of_record(&given, record, start, length);
	if (side & ADDRESS_DONE) {
		if (local)
			address__of_local(&used, sock);
		else
			address__of_peer(&used, sock);
		/* Protocols that keep it elsewhere. */
		if (!local && is_any(&used) && !used.port && given.known)
			return 0;
	} else if (!local && slot && slot->peer.known) {
		__builtin_memcpy(&used, &slot->peer, sizeof(used));
	} else {
		return 0;
	}
	store_inet(record, &used, family);
	if (!explains(&given, &used, sock, local))
		record->differs = 1;
	return 1;
}

/* An abstract name is in the socket; a path was copied when it was looked up. */
INLINE void keep_abstract_name(struct sock *sock)
{
	struct unix_address *address = BPF_CORE_READ((struct unix_sock *)sock, addr);
	struct jf_names *slot = names__claim(bpf_get_current_task_btf());
	const char *name;
	char first = 1;
	u32 length;

	if (!address || !slot)
		return;
	name = (char *)address + bpf_core_field_offset(struct unix_address, name) + 2;
	bpf_probe_read_kernel(&first, 1, name);
	OPAQUE(name);
	/* It does not end with a NUL. */
	length = BPF_CORE_READ(address, len) - 2;
	if (first || length > SOCKADDR_UN_PATH)
		return;
	OPAQUE(length);
	length &= 0x7f;
	names__keep(slot, name + 1, 0, 1, length);
}

INLINE int store_unix_address(struct jf_scratch *record, struct sock *sock, u32 side, u32 start,
			      u32 length)
{
	struct jf_names *slot;
	int result;

	if (side == (ADDRESS_DONE | ADDRESS_PEER))
		keep_abstract_name(BPF_CORE_READ((struct unix_sock *)sock, peer));
	else if (side & ADDRESS_DONE)
		keep_abstract_name(sock);
	slot = names__own(bpf_get_current_task_btf());
	if (!slot || !slot->count)
		return 0;
	/* Bound without a name: the kernel gives one. */
	if (!(side & ADDRESS_PEER) && length == 2)
		return 1;
	result = names__compare(0, start + 1, length ? length - 1 : 0);
	if (result == NAMES_UNSEEN)
		return 0;
	if (result >= NAMES_OTHER) {
		u32 copy = (result - NAMES_OTHER) & (JF_NAMES - 1);

		store__u8_part(record, AF_UNIX);
		store__kernel_text_part(record, slot->names[copy].text, SOCKADDR_UN_PATH + 1);
		record->differs = 1;
	}
	return 1;
}

ONCE int address__store(u32 param, s64 fd, u32 side, u32 start, u32 length)
{
	struct jf_scratch *record = store__current();
	struct sock *sock = socket__of(bpf_get_current_task_btf(), fd);
	u32 begin;
	int known = 0;

	if (!record)
		return 0;
	begin = record->end;
	if (sock) {
		u16 family = BPF_CORE_READ(sock, __sk_common.skc_family);

		if (family == AF_INET || family == AF_INET6)
			known = store_inet_address(record, sock, family, side, start, length);
		else if (family == AF_UNIX)
			known = store_unix_address(record, sock, side, start, length);
	}
	store__length(record, param & 31, record->end - begin);
	return known;
}
