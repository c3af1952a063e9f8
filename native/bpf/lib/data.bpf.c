/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Walks over arrays of buffers; how much is kept of data. */
#include "data.h"
#include "socket.h"

/* Buffers of an array that are looked at. */
#define MAX_BUFFERS 32

/* One entry of an array of struct iovec; false when unreadable. */
INLINE bool read_buffer(u64 buffers, u32 index, struct user_iovec *buffer)
{
	bool compat = read__is_compat(read__current());

	return read__user_longs(buffers + index * (compat ? 8 : 16), &buffer->base);
}

/* Adds at most limit bytes of the buffers, one after another; the bytes added. */
ONCE int data__store_buffers_part(u64 buffers, u64 count, u32 limit)
{
	struct jf_scratch *record = store__current();
	u32 start;
	u32 i;

	if (!record)
		return 0;
	start = record->end;
	for (i = 0; i < MAX_BUFFERS; i++) {
		struct user_iovec buffer;
		u32 room = limit - (record->end - start);

		if (i >= count || !room || room > limit)
			break;
		if (!read_buffer(buffers, i, &buffer))
			break;
		if (!buffer.length)
			continue;
		if (buffer.length < room)
			room = buffer.length;
		if (!store__user_bytes_part(record, buffer.base, room))
			break;
	}
	return record->end - start;
}

/* Sum of the buffers' sizes; 0 when the array cannot be read. */
ONCE u32 data__buffers_size(u64 buffers, u64 count)
{
	u32 total = 0;
	u32 i;

	for (i = 0; i < MAX_BUFFERS; i++) {
		struct user_iovec buffer;

		if (i >= count)
			break;
		if (!read_buffer(buffers, i, &buffer))
			return 0;
		total += buffer.length;
	}
	return total;
}

/* What is kept at least, for ports that the user names, for some protocols, and for DNS. */
#define KEEP_PORT_RANGE 16000
#define KEEP_PROTOCOL 2000
#define KEEP_DNS 512

#define PORT_DNS 53
#define PORT_MYSQL 3306
#define PORT_POSTGRES 5432
#define PORT_MONGODB 27017

/* Bytes that are looked at. */
#define LOOK_AT 16

struct ports {
	u16 local;
	u16 remote;
};

/* Ports of an internet socket; the peer's is the one that the call names if it has none. */
INLINE void read_ports(struct ports *ports, struct sock *sock, u64 address)
{
	u16 family = BPF_CORE_READ(sock, __sk_common.skc_family);
	struct user_sockaddr_in named = {}; /* the port has the same place for both families */

	if (family != AF_INET && family != AF_INET6)
		return;
	ports->local = __builtin_bswap16(BPF_CORE_READ((struct inet_sock *)sock, inet_sport));
	ports->remote = __builtin_bswap16(BPF_CORE_READ(sock, __sk_common.skc_dport));
	if (!ports->remote && address) {
		bpf_probe_read_user(&named, sizeof(named), (void *)address);
		ports->remote = __builtin_bswap16(named.port);
	}
}

INLINE bool within(u16 port, u32 from, u32 to)
{
	return port >= from && port <= to;
}

INLINE bool either(const struct ports *ports, u16 port)
{
	return ports->local == port || ports->remote == port;
}

INLINE bool is_mysql(const u8 *start)
{
	return start[0] == 3 || start[1] == 3 || start[2] == 3 || start[3] == 3 || start[4] == 3 ||
	       (start[2] == 0 && start[3] == 0);
}

INLINE bool is_postgres(const u8 *start)
{
	bool command = start[0] == 'Q' || start[0] == 'P' || start[0] == 'E';

	return (command && start[1] == 0) || (start[4] == 0 && start[5] == 3 && start[6] == 0);
}

/* Operations of MongoDB's wire protocol. */
INLINE bool is_mongodb(const u8 *start)
{
	u32 operation = *(const u32 *)(start + 12);

	return operation == 1 || (operation >= 2001 && operation <= 2007);
}

INLINE bool is_http(const u8 *start)
{
	switch (*(const u32 *)start) {
	case 0x20544547: /* "GET " */
	case 0x54534f50: /* "POST" */
	case 0x20545550: /* "PUT " */
	case 0x454c4544: /* "DELE" */
	case 0x43415254: /* "TRAC" */
	case 0x4e4e4f43: /* "CONN" */
	case 0x4954504f: /* "OPTI" */
		return true;
	case 0x50545448: /* "HTTP" */
		return start[4] == '/';
	default:
		return false;
	}
}

/* The ports say first which protocol it can be. */
INLINE bool is_known_protocol(const struct ports *ports, u64 buffer, u32 size)
{
	u8 start[LOOK_AT] __attribute__((aligned(8))) = {};

	if (!buffer || bpf_probe_read_user(start, sizeof(start), (void *)buffer))
		return false;
	if (either(ports, PORT_MYSQL) && size >= 5)
		return is_mysql(start);
	if (either(ports, PORT_POSTGRES) && size >= 7)
		return is_postgres(start);
	if (either(ports, PORT_MONGODB) || (size >= 16 && is_mongodb(start)))
		return true;
	return size >= 5 && is_http(start);
}

ONCE u32 data__snaplen(s64 fd, u64 buffer, u32 size, u64 address)
{
	struct jf_config *settings = base__config();
	struct ports ports = {};
	struct sock *sock;
	u32 wanted = 0;

	if (!settings)
		return 0;
	if (!settings->dynamic_snaplen)
		return settings->snaplen;
	sock = socket__of(read__current(), fd);
	if (!sock)
		return settings->snaplen;
	read_ports(&ports, sock, address);
	if (settings->port_to && (within(ports.local, settings->port_from, settings->port_to) ||
				  within(ports.remote, settings->port_from, settings->port_to)))
		wanted = KEEP_PORT_RANGE;
	else if (ports.remote == settings->statsd_port)
		wanted = KEEP_PROTOCOL;
	else if (ports.remote == PORT_DNS)
		wanted = KEEP_DNS;
	else if (is_known_protocol(&ports, buffer, size))
		wanted = KEEP_PROTOCOL;
	return settings->snaplen > wanted ? settings->snaplen : wanted;
}
