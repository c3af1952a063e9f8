/* SPDX-License-Identifier: Apache-2.0 */
/* Making, naming, connecting and shutting down sockets. */
#include "net.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <arpa/inet.h>

#define F(name) file_flags__##name
#define FAMILY(name) socket_families__##name

static void socket_once(int domain, unsigned expected, unsigned type, unsigned protocol,
                        unsigned flags) {
  long fd = SYS(SYS_socket, domain, type, protocol);
  expect("SOCKET_SOCKET_X", "fd=%ld domain=%u type=%u proto=%u flags=%u", fd, expected, type,
         protocol, flags);
}

static void run_socket(void) {
  begin();
  socket_once(AF_INET, FAMILY(AF_INET), SOCK_STREAM, 0, 0);
  socket_once(AF_INET6, FAMILY(AF_INET6), SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP, F(O_CLOEXEC));
  socket_once(AF_UNIX, FAMILY(AF_UNIX), SOCK_SEQPACKET | SOCK_NONBLOCK, 0, F(O_NONBLOCK));
  socket_once(AF_NETLINK, FAMILY(AF_NETLINK), SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
              NETLINK_ROUTE, F(O_CLOEXEC) | F(O_NONBLOCK));
  socket_once(AF_PACKET, FAMILY(AF_PACKET), SOCK_RAW, htons(ETH_P_ALL), 0);
  socket_once(AF_INET, FAMILY(AF_INET), SOCK_RAW, IPPROTO_ICMP, 0);
  socket_once(AF_INET, FAMILY(AF_INET), SOCK_STREAM, IPPROTO_UDP, 0); /* refused */
  socket_once(AF_INET, FAMILY(AF_INET), 14, 0, 0);
  socket_once(200, 0, SOCK_DGRAM, 0, 0); /* no such family */
  socket_once(-1, 0, SOCK_STREAM, 7, 0);
  end();
}

static void socketpair_once(int domain, unsigned expected, unsigned type, unsigned protocol,
                            int *fds) {
  long res = SYS(SYS_socketpair, domain, type, protocol, fds);
  if (res == 0) {
    expect("SOCKET_SOCKETPAIR_X",
           "res=0 fd1=%d fd2=%d source=>0 peer=>0 domain=%u type=%u proto=%u", fds[0], fds[1],
           expected, type, protocol);
  } else {
    expect("SOCKET_SOCKETPAIR_X",
           "res=%ld fd1=-1 fd2=-1 source=0 peer=0 domain=%u type=%u proto=%u", res, expected, type,
           protocol);
  }
}

static void run_socketpair(void) {
  int fds[2];
  begin();
  socketpair_once(AF_UNIX, FAMILY(AF_UNIX), SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
  socketpair_once(AF_UNIX, FAMILY(AF_UNIX), SOCK_DGRAM, 0, fds);
  socketpair_once(AF_INET, FAMILY(AF_INET), SOCK_STREAM, 0, fds);
  socketpair_once(AF_UNIX, FAMILY(AF_UNIX), SOCK_STREAM, 0, (int *)unreadable);
  end();
}

static void bind_once(long fd, const struct address *a) {
  long res = SYS(SYS_bind, fd, &a->any, a->length);
  expect("SOCKET_BIND_X", "res=%ld addr=%s fd=%ld", res, address_text(a), fd);
}

static void run_bind(void) {
  long v4 = new_socket(AF_INET, SOCK_STREAM);
  long v6 = new_socket(AF_INET6, SOCK_DGRAM);
  long by_path = new_socket(AF_UNIX, SOCK_STREAM);
  long by_name = new_socket(AF_UNIX, SOCK_DGRAM);
  long netlink = must(SYS(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink socket");
  struct address any4 = loopback(AF_INET, 0);
  struct address any6 = loopback(AF_INET6, 0);
  struct address path = unix_address("./bound socket", 15);
  char name[32];
  name[0] = '\0';
  int name_length = 1 + snprintf(name + 1, sizeof(name) - 1, "trigger-%d", main_tid);
  struct address abstract = unix_address(name, (size_t)name_length);
  struct address foreign = loopback(AF_INET, 4321);
  foreign.v4.sin_addr.s_addr = htonl(0xc0000201); /* 192.0.2.1: not ours */
  begin();
  bind_once(v4, &any4);
  bind_once(v6, &any6);
  bind_once(by_path, &path);
  bind_once(by_name, &abstract);
  struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
  long res = must(SYS(SYS_bind, netlink, &nl, sizeof(nl)), "bind netlink");
  expect("SOCKET_BIND_X", "res=%ld addr=- fd=%ld", res, netlink);
  bind_once(v4, &any4);
  bind_once(new_socket(AF_INET, SOCK_STREAM), &foreign);
  bind_once(by_path, &path);
  bind_once(BAD_FD, &any6);
  res = SYS(SYS_bind, v4, unreadable, sizeof(struct sockaddr_in));
  expect("SOCKET_BIND_X", "res=%ld addr=- fd=%ld", res, v4);
  res = SYS(SYS_bind, v4, &any4.any, 0);
  expect("SOCKET_BIND_X", "res=%ld addr=- fd=%ld", res, v4);
  end();
}

static long connect_once(long fd, const struct address *a) {
  long res = SYS(SYS_connect, fd, &a->any, a->length);
  const char *tuple = "-";
  if (res == 0 || res == -EINPROGRESS) {
    tuple = a->any.sa_family == AF_UNIX ? format("unix:*>*:%s", text(a->local.sun_path))
                                        : tuple_text(fd, true, a);
  }
  expect("SOCKET_CONNECT_X", "res=%ld tuple=%s fd=%ld addr=%s", res, tuple, fd, address_text(a));
  return res;
}

static void run_connect(void) {
  struct address v4 = bound_address(new_server(AF_INET, SOCK_STREAM, NULL));
  struct address v6 = bound_address(new_server(AF_INET6, SOCK_STREAM, NULL));
  struct address udp = bound_address(new_server(AF_INET, SOCK_DGRAM, NULL));
  struct address path = unix_address("server", 7);
  new_server(AF_UNIX, SOCK_STREAM, "server");
  long closed_fd = new_server(AF_INET, SOCK_DGRAM, NULL);
  struct address closed = bound_address(closed_fd); /* no TCP server there */
  struct address missing = unix_address("missing", 8);
  long client = new_socket(AF_INET, SOCK_STREAM);
  begin();
  must(connect_once(client, &v4), "connect");
  must(connect_once(new_socket(AF_INET6, SOCK_STREAM), &v6), "connect");
  must(connect_once(new_socket(AF_INET, SOCK_DGRAM), &udp), "connect");
  must(connect_once(new_socket(AF_UNIX, SOCK_STREAM), &path), "connect");
  connect_once(client, &v4);
  connect_once(new_socket(AF_INET, SOCK_STREAM), &closed);
  connect_once(new_socket(AF_UNIX, SOCK_STREAM), &missing);
  connect_once(BAD_FD, &v6);
  connect_once(-1, &v4);
  long res = SYS(SYS_connect, client, unreadable, sizeof(struct sockaddr_in));
  expect("SOCKET_CONNECT_X", "res=%ld tuple=- fd=%ld addr=-", res, client);
  end();
}

/* An address without a name in the file system, of so many bytes. */
static struct address abstract_address(int number, size_t length) {
  char name[100];
  memset(name, 'Z', sizeof(name));
  name[0] = '\0';
  int printed = snprintf(name + 1, sizeof(name) - 1, "trigger-%d-%d", main_tid, number);
  name[1 + printed] = '-';
  return unix_address(name, length);
}

/* The kernel does not end the name with a NUL: what lies behind it must not be shown. */
static void run_connect_abstract(void) {
  enum { LONGER = 64 };
  long others[LONGER];
  for (int i = 0; i < LONGER; i++) {
    struct address longer = abstract_address(i + 1, 52);
    others[i] = new_socket(AF_UNIX, SOCK_STREAM);
    must(SYS(SYS_bind, others[i], &longer.any, longer.length), "bind");
  }
  for (int i = 0; i < LONGER; i++) {
    SYS(SYS_close, others[i]);
  }
  struct address name = abstract_address(0, 42);
  long server = new_socket(AF_UNIX, SOCK_STREAM);
  must(SYS(SYS_bind, server, &name.any, name.length), "bind");
  must(SYS(SYS_listen, server, 5), "listen");
  long client = new_socket(AF_UNIX, SOCK_STREAM);
  begin();
  long res = must(SYS(SYS_connect, client, &name.any, name.length), "connect");
  expect("SOCKET_CONNECT_X", "res=%ld tuple=unix:*>*:%s fd=%ld addr=%s", res,
         text(name.local.sun_path + 1), client, address_text(&name));
  end();
}

/* A server that refuses nothing and answers nothing: its queue is full. */
static void run_connect_in_progress(void) {
  long server = new_socket(AF_INET, SOCK_STREAM);
  struct address a = loopback(AF_INET, 0);
  must(SYS(SYS_bind, server, &a.any, a.length), "bind");
  must(SYS(SYS_listen, server, 0), "listen");
  a = bound_address(server);
  connect_to(new_socket(AF_INET, SOCK_STREAM), &a);
  long client = new_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
  begin();
  long res = connect_once(client, &a);
  end();
  must(res == -EINPROGRESS ? 0 : -EPROTO, "connect in progress");
}

/* Falco looks at the queue when the call is over: what was accepted is no longer in it. */
static void accept_once(long nr, long server, int flags, const char *expected_tuple, int waiting,
                        int backlog) {
  long fd = SYS(nr, server, NULL, NULL, flags);
  const char *event = nr == SYS_accept ? "SOCKET_ACCEPT_5_X" : "SOCKET_ACCEPT4_6_X";
  unsigned shown = ((flags & SOCK_CLOEXEC) != 0 ? F(O_CLOEXEC) : 0) |
                   ((flags & SOCK_NONBLOCK) != 0 ? F(O_NONBLOCK) : 0);
  const char *tail = nr == SYS_accept ? "" : format(" flags=%u", shown);
  if (fd >= 0) {
    const char *tuple = expected_tuple != NULL ? expected_tuple : tuple_text(fd, false, NULL);
    expect(event, "fd=%ld tuple=%s queuepct=%d queuelen=%d queuemax=%d%s", fd, tuple,
           waiting * 100 / backlog, waiting, backlog, tail);
  } else {
    expect(event, "fd=%ld tuple=- queuepct=0 queuelen=0 queuemax=0%s", fd, tail);
  }
}

static void fill_queue(long server, int family, int clients) {
  struct address a = bound_address(server);
  for (int i = 0; i < clients; i++) {
    connect_to(new_socket(family, SOCK_STREAM), &a);
  }
}

static void run_accept_variant(long nr, int flags) {
  long v4 = new_server(AF_INET, SOCK_STREAM, NULL);
  long v6 = new_server(AF_INET6, SOCK_STREAM, NULL);
  long local = new_server(AF_UNIX, SOCK_STREAM, "accepting");
  long idle = new_server(AF_INET, SOCK_STREAM, NULL);
  must(SYS(SYS_fcntl, idle, F_SETFL, O_NONBLOCK), "fcntl");
  fill_queue(v4, AF_INET, 3);
  fill_queue(v6, AF_INET6, 1);
  fill_queue(local, AF_UNIX, 1);
  begin();
  accept_once(nr, v4, flags, NULL, 2, 5);
  accept_once(nr, v6, flags, NULL, 0, 5);
  accept_once(nr, local, flags, "unix:*>*:accepting", 0, 5);
  accept_once(nr, idle, flags, NULL, 0, 5);
  accept_once(nr, BAD_FD, flags, NULL, 0, 5);
  accept_once(nr, -1, flags, NULL, 0, 5);
  end();
}

static void run_accept(void) { run_accept_variant(SYS_accept, 0); }
static void run_accept4(void) { run_accept_variant(SYS_accept4, SOCK_CLOEXEC | SOCK_NONBLOCK); }

static void listen_once(long fd, int backlog) {
  long res = SYS(SYS_listen, fd, backlog);
  expect("SOCKET_LISTEN_X", "res=%ld fd=%ld backlog=%d", res, fd, backlog);
}

static void run_listen(void) {
  long fd = new_socket(AF_INET, SOCK_STREAM);
  long datagram = new_socket(AF_INET, SOCK_DGRAM);
  begin();
  listen_once(fd, 128);
  listen_once(fd, -1);
  listen_once(datagram, 1);
  listen_once(BAD_FD, 2);
  listen_once(-3, 2);
  end();
}

static void shutdown_once(long fd, int how, unsigned expected) {
  long res = SYS(SYS_shutdown, fd, how);
  expect("SOCKET_SHUTDOWN_X", "res=%ld fd=%ld how=%u", res, fd, expected);
}

static void run_shutdown(void) {
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  begin();
  shutdown_once(client, SHUT_RD, shutdown_how__SHUT_RD);
  shutdown_once(client, SHUT_WR, shutdown_how__SHUT_WR);
  shutdown_once(server, SHUT_RDWR, shutdown_how__SHUT_RDWR);
  shutdown_once(client, 9, (uint8_t)shutdown_how__SHUT_UNKNOWN);
  shutdown_once(new_socket(AF_INET, SOCK_STREAM), SHUT_RDWR, shutdown_how__SHUT_RDWR);
  shutdown_once(BAD_FD, SHUT_RD, shutdown_how__SHUT_RD);
  end();
}

const struct test_case socket_cases[] = {
    {"socket", run_socket},
    {"socketpair", run_socketpair},
    {"bind", run_bind},
    {"connect", run_connect},
    {"connect_abstract", run_connect_abstract},
    {"connect_in_progress", run_connect_in_progress},
    {"accept", run_accept},
    {"accept4", run_accept4},
    {"listen", run_listen},
    {"shutdown", run_shutdown},
    {NULL, NULL},
};
