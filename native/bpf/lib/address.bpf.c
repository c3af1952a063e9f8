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
	struct jf_names *slot = names__own(read__current());
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
	struct jf_names *slot = names__claim(read__current());
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
	slot = names__own(read__current());
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

/* Whether length bytes of the record are the same in two places. */
INLINE bool is_same_part(struct jf_scratch *record, u32 one, u32 other, u32 length)
{
	u32 i;

	for (i = 0; i < JF_ADDRESS_SIZE; i++) {
		u64 a = WITHIN(one + i);
		u64 b = WITHIN(other + i);

		if (i >= length)
			break;
		OPAQUE(a);
		OPAQUE(b);
		if (record->data[WITHIN(a)] != record->data[WITHIN(b)])
			return false;
	}
	return true;
}

/*
 * The address that the kernel was seen to use, at the end of the record; notes when that in the record
 * (length bytes from start) is another one. 0 when none was seen that is understood.
 */
INLINE int store_seen(struct jf_scratch *record, u32 start, u32 length)
{
	struct jf_names *slot = names__own(read__current());
	u32 begin = record->end;
	u32 added;

	if (!slot || !(slot->known & 1) || !slot->seen[0].length)
		return 0;
	added = socket__store_seen_address(0);
	if (added && (added != length || !is_same_part(record, start, begin, length)))
		record->differs = 1;
	return added;
}

ONCE int address__store(u32 param, s64 fd, u32 side, u32 start, u32 length)
{
	struct jf_scratch *record = store__current();
	struct sock *sock = socket__of(read__current(), fd);
	u32 begin, differs;
	u16 family = 0;
	int seen, known = 0;

	if (!record)
		return 0;
	begin = record->end;
	seen = store_seen(record, start, length);
	differs = record->differs;
	if (sock)
		family = BPF_CORE_READ(sock, __sk_common.skc_family);
	/* Of IP, the socket knows better where it went. */
	if (seen && side & ADDRESS_DONE && family != AF_UNIX)
		record->end = begin;
	if (!seen || (side & ADDRESS_DONE && family != AF_UNIX)) {
		if (family == AF_INET || family == AF_INET6)
			known = store_inet_address(record, sock, family, side, start, length);
		else if (family == AF_UNIX)
			known = store_unix_address(record, sock, side, start, length);
	}
	if (seen)
		record->differs = differs;
	store__length(record, param & 31, record->end - begin);
	return seen || known;
}

/* Whether the address at begin, added bytes long, is the peer's end of the tuple at start. */
INLINE bool is_end_of_tuple(struct jf_scratch *record, u32 start, u32 length, u32 begin, u32 added)
{
	u64 at = WITHIN(start);
	u64 other = WITHIN(begin);

	OPAQUE(at);
	OPAQUE(other);
	if (record->data[WITHIN(at)] != record->data[WITHIN(other)] ||
	    (record->data[WITHIN(other)] == AF_UNIX && length != added + 16))
		return false;
	return is_same_part(record, start + length - (added - 1), begin + 1, added - 1);
}

/* The address of a receiver when no hook sees it: IP by the route, local sockets by the copies of paths. */
INLINE int store_looked_up(struct jf_scratch *record, struct jf_names *slot, u32 start, u32 length)
{
	u16 family = record->data[WITHIN(start)];
	int result;

	if (slot->peer.known && family == AF_INET && is_mapped(&slot->peer))
		store_inet(record, &slot->peer, AF_INET);
	else if (slot->peer.known && family == AF_INET6)
		store_inet(record, &slot->peer, AF_INET6);
	if (family != AF_UNIX || !slot->count || length <= 17)
		return 0;
	result = names__compare(0, start + 17, length - 17);
	if (result == NAMES_UNSEEN)
		return 0;
	if (result >= NAMES_OTHER) {
		store__u8_part(record, AF_UNIX);
		store__kernel_text_part(record,
					slot->names[(result - NAMES_OTHER) & (JF_NAMES - 1)].text,
					SOCKADDR_UN_PATH + 1);
		record->differs = 1;
	}
	return 1;
}

/* The address that was seen of a message; as the tuple has it, when that is one of IPv6. */
INLINE void store_seen_receiver(struct jf_scratch *record, struct jf_names *slot, u32 message,
				u16 family)
{
	struct user_sockaddr_in *seen = (struct user_sockaddr_in *)names__seen(slot, message)->bytes;
	struct jf_address address = {};

	if (family != AF_INET6 || seen->family != AF_INET) {
		socket__store_seen_address(message);
		return;
	}
	address__map(&address, seen->address);
	address.port = seen->port;
	store_inet(record, &address, AF_INET6);
}

ONCE int address__store_receiver(u32 param, u32 start, u32 length, u32 message)
{
	struct jf_scratch *record = store__current();
	struct jf_names *slot = names__own(read__current());
	u32 begin, added;
	int known = 0;

	if (!record)
		return 0;
	begin = record->end;
	store__length(record, param & 31, 0);
	if (!slot)
		return 0;
	message &= JF_MESSAGES - 1;
	if (slot->known & 1u << message) {
		/* It was given none, and the tuple has none from memory. */
		if (!names__seen(slot, message)->length)
			return 1;
		store_seen_receiver(record, slot, message, record->data[WITHIN(start)]);
	} else if (length && !slot->many) {
		known = store_looked_up(record, slot, start, length);
	}
	added = record->end - begin;
	store__length(record, param & 31, added);
	/* The tuple ends with the peer's end, behind the family and the other end or both sockets. */
	if (added && length && !known && !is_end_of_tuple(record, start, length, begin, added))
		record->differs = 1;
	return added || known;
}

ONCE int address__has_changed(u32 message, u64 user, u32 length)
{
	struct jf_names *slot = names__own(read__current());
	u64 now[JF_ADDRESS_SIZE / 8] = {};
	u64 size = user ? length : 0;
	struct jf_seen *seen;
	u32 i;

	message &= JF_MESSAGES - 1;
	if (!slot || !(slot->entered & 1u << message))
		return 0;
	seen = names__seen(slot, message);
	if (size >= JF_ADDRESS_SIZE)
		size = JF_ADDRESS_SIZE - 1;
	OPAQUE(size);
	size &= JF_ADDRESS_SIZE - 1;
	if (size != seen->length)
		return 1;
	if (!size || bpf_probe_read_user(now, size, (void *)user))
		return 0;
	for (i = 0; i < JF_ADDRESS_SIZE / 8; i++) {
		if (now[i] != ((u64 *)seen->bytes)[i])
			return 1;
	}
	return 0;
}
