/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Addresses: from user memory, and from the kernel's sockets. */
#include "names.h"
#include "socket.h"

#define ADDRESS_MAX 128

/*
 * Adds the path of a local socket, of at most size (below 128) bytes, and a NUL; an abstract name loses
 * its leading NUL.
 */
INLINE void socket__store_path_part(struct jf_scratch *record, const char *kernel_path, u32 size)
{
	u64 limit = size + 1;
	char first = 0;
	u64 skip;

	bpf_probe_read_kernel(&first, 1, kernel_path);
	skip = first == 0;
	/* Else an even address gets its last bit set by "or", which the verifier forbids. */
	OPAQUE(kernel_path);
	limit -= skip;
	OPAQUE(limit);
	if (!store__kernel_text_part(record, kernel_path + skip, limit & 0x7f))
		store__u8_part(record, 0);
}

INLINE void socket__store_inet_part(struct jf_scratch *record, u32 address, u16 port)
{
	store__u32_part(record, address);
	store__u16_part(record, __builtin_bswap16(port));
}

INLINE void socket__store_inet6_part(struct jf_scratch *record, const u32 *address, u16 port)
{
	store__u32_part(record, address[0]);
	store__u32_part(record, address[1]);
	store__u32_part(record, address[2]);
	store__u32_part(record, address[3]);
	store__u16_part(record, __builtin_bswap16(port));
}

union raw_address {
	u16 family;
	struct user_sockaddr_in in;
	struct user_sockaddr_in6 in6;
	struct {
		u16 family;
		char path[SOCKADDR_UN_PATH];
	} local;
	u8 bytes[ADDRESS_MAX];
};

INLINE void store_raw_address(struct jf_scratch *record, union raw_address *raw)
{
	if (raw->family == AF_INET) {
		store__u8_part(record, AF_INET);
		socket__store_inet_part(record, raw->in.address, raw->in.port);
	} else if (raw->family == AF_INET6) {
		store__u8_part(record, AF_INET6);
		socket__store_inet6_part(record, raw->in6.address, raw->in6.port);
	} else if (raw->family == AF_UNIX) {
		/* Longer than sun_path: the byte behind it ends the text. */
		raw->bytes[2 + SOCKADDR_UN_PATH] = 0;
		store__u8_part(record, AF_UNIX);
		socket__store_path_part(record, raw->local.path, SOCKADDR_UN_PATH);
	}
}

/* An address in user memory, as SOCKADDR; empty when unreadable or of another family. */
ONCE int socket__store_address(u32 param, u64 address, u32 length)
{
	struct jf_scratch *record = store__current();
	union raw_address raw = {};
	u32 start;

	if (!record)
		return 0;
	start = record->end;
	length &= 0xffff;
	if (length > ADDRESS_MAX)
		length = ADDRESS_MAX;
	if (length && !bpf_probe_read_user(&raw, length, (void *)address))
		store_raw_address(record, &raw);
	store__length(record, param & 31, record->end - start);
	return 0;
}

/* The address that was seen of a message, as SOCKADDR; the bytes added, 0 when it is of another family. */
ONCE int socket__store_seen_address(u32 message)
{
	struct jf_scratch *record = store__current();
	struct jf_names *slot = names__own(read__current());
	u32 start;

	if (!record || !slot)
		return 0;
	start = record->end;
	store_raw_address(record, (union raw_address *)names__seen(slot, message)->bytes);
	return record->end - start;
}

struct socket_ends {
	u32 local[4];
	u32 remote[4];
	u16 local_port;
	u16 remote_port;
};

INLINE void socket__store_inet_ends(struct jf_scratch *record, struct sock *sock,
				    enum direction direction, u64 user_address)
{
	struct inet_sock *inet = (struct inet_sock *)sock;
	struct socket_ends ends = {};

	ends.local[0] = BPF_CORE_READ(inet, inet_saddr);
	ends.local_port = BPF_CORE_READ(inet, inet_sport);
	ends.remote[0] = BPF_CORE_READ(sock, __sk_common.skc_daddr);
	ends.remote_port = BPF_CORE_READ(sock, __sk_common.skc_dport);
	/* An unconnected socket: the peer is the one named in the call. */
	if (!ends.remote_port && user_address) {
		struct user_sockaddr_in user = {};

		bpf_probe_read_user(&user, sizeof(user), (void *)user_address);
		ends.remote[0] = user.address;
		ends.remote_port = user.port;
	}
	store__u8_part(record, AF_INET);
	if (direction == OUTBOUND)
		socket__store_inet_part(record, ends.local[0], ends.local_port);
	socket__store_inet_part(record, ends.remote[0], ends.remote_port);
	if (direction == INBOUND)
		socket__store_inet_part(record, ends.local[0], ends.local_port);
}

INLINE void socket__store_inet6_ends(struct jf_scratch *record, struct sock *sock,
				     enum direction direction, u64 user_address)
{
	struct inet_sock *inet = (struct inet_sock *)sock;
	struct socket_ends ends = {};

	BPF_CORE_READ_INTO(&ends.local, inet, pinet6, saddr);
	ends.local_port = BPF_CORE_READ(inet, inet_sport);
	BPF_CORE_READ_INTO(&ends.remote, sock, __sk_common.skc_v6_daddr);
	ends.remote_port = BPF_CORE_READ(sock, __sk_common.skc_dport);
	if (!ends.remote_port && user_address) {
		struct user_sockaddr_in6 user = {};

		bpf_probe_read_user(&user, sizeof(user), (void *)user_address);
		__builtin_memcpy(ends.remote, user.address, sizeof(ends.remote));
		ends.remote_port = user.port;
	}
	store__u8_part(record, AF_INET6);
	if (direction == OUTBOUND)
		socket__store_inet6_part(record, ends.local, ends.local_port);
	socket__store_inet6_part(record, ends.remote, ends.remote_port);
	if (direction == INBOUND)
		socket__store_inet6_part(record, ends.local, ends.local_port);
}

/* The path, and how many bytes it has: an abstract name does not end with a NUL. */
INLINE const char *socket__kernel_path(struct unix_sock *sock, u32 *size)
{
	struct unix_address *address = BPF_CORE_READ(sock, addr);
	u32 length;

	if (!address)
		return NULL;
	length = BPF_CORE_READ(address, len) - 2;
	*size = length < SOCKADDR_UN_PATH ? length : SOCKADDR_UN_PATH;
	return (char *)address + bpf_core_field_offset(struct unix_address, name) + 2;
}

/* Receiver's and sender's kernel addresses, and the path of the one that is called. */
INLINE void socket__store_unix_ends(struct jf_scratch *record, struct sock *sock,
				    enum direction direction, u64 user_address, u32 length)
{
	struct unix_sock *local = (struct unix_sock *)sock;
	struct unix_sock *peer = (struct unix_sock *)BPF_CORE_READ(local, peer);
	struct {
		u16 family;
		char path[SOCKADDR_UN_PATH];
		char rest[18]; /* to 128 bytes */
	} user = {};
	u32 size = SOCKADDR_UN_PATH;
	const char *path;

	store__u8_part(record, AF_UNIX);
	if (direction == INBOUND) {
		store__u64_part(record, (u64)local);
		store__u64_part(record, (u64)peer);
		path = socket__kernel_path(local, &size);
	} else {
		store__u64_part(record, (u64)peer);
		store__u64_part(record, (u64)local);
		path = socket__kernel_path(peer, &size);
		if (!peer && user_address) {
			if (length > SOCKADDR_UN_PATH + 2)
				length = SOCKADDR_UN_PATH + 2;
			OPAQUE(length);
			bpf_probe_read_user(&user, length & 0x7f, (void *)user_address);
			path = user.path;
		}
	}
	socket__store_path_part(record, path, size);
}

/* Both ends of a socket as SOCKTUPLE; empty when the descriptor has none, or of another family. */
ONCE int socket__store_tuple(u32 param, s64 fd, u32 direction, u64 user_address, u32 length)
{
	struct jf_scratch *record = store__current();
	struct sock *sock;
	u32 start;

	if (!record)
		return 0;
	start = record->end;
	sock = socket__of(read__current(), fd);
	if (sock) {
		u16 family = BPF_CORE_READ(sock, __sk_common.skc_family);

		if (family == AF_INET)
			socket__store_inet_ends(record, sock, direction, user_address);
		else if (family == AF_INET6)
			socket__store_inet6_ends(record, sock, direction, user_address);
		else if (family == AF_UNIX)
			socket__store_unix_ends(record, sock, direction, user_address, length);
	}
	store__length(record, param & 31, record->end - start);
	return 0;
}
