/* SPDX-License-Identifier: Apache-2.0 */
/* sendto, recvfrom, sendmsg, recvmsg. */
#include "net.h"

#include <linux/netlink.h>
#include <sys/uio.h>

/* Longer than what is kept of it. */
static char long_data[200];

static void fill_long_data(void) {
  for (size_t i = 0; i < sizeof(long_data); i++) {
    long_data[i] = (char)('a' + i % 26);
  }
}

static const char *kept(const void *data, size_t length) {
  return bytes(data, length < SNAPLEN ? length : SNAPLEN);
}

static struct sockaddr *pointer(const struct address *a) {
  return a == NULL ? NULL : (struct sockaddr *)&a->any;
}

/* The tuple of a successful call; unix tuples are given as text. */
static const char *tuple_of(long res, long fd, bool outbound, const struct address *to,
                            const char *unix_tuple) {
  if (res < 0) {
    return "-";
  }
  return unix_tuple != NULL ? unix_tuple : tuple_text(fd, outbound, to);
}

static void sendto_once(long fd, const void *data, size_t size, const struct address *to,
                        const char *unix_tuple) {
  long res = SYS(SYS_sendto, fd, data, size, 0, pointer(to), to == NULL ? 0 : to->length);
  size_t readable = data == unreadable ? 0 : res > 0 ? (size_t)res : size;
  expect("SOCKET_SENDTO_X", "res=%ld data=%s fd=%ld size=%zu tuple=%s", res, kept(data, readable),
         fd, size, tuple_of(res, fd, true, to, unix_tuple));
}

static void run_sendto(void) {
  fill_long_data();
  char binary[] = {0, 1, 2, (char)0xff, '%', ' '};
  long udp_server = new_server(AF_INET, SOCK_DGRAM, NULL);
  struct address to4 = bound_address(udp_server);
  struct address to6 = bound_address(new_server(AF_INET6, SOCK_DGRAM, NULL));
  struct address path = unix_address("datagrams", 10);
  new_server(AF_UNIX, SOCK_DGRAM, "datagrams");
  long udp = new_socket(AF_INET, SOCK_DGRAM);
  long connected = new_socket(AF_INET, SOCK_DGRAM);
  connect_to(connected, &to4);
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  long client6;
  stream_pair(AF_INET6, &client6, &server);
  long local;
  stream_pair(AF_UNIX, &local, &server);
  long netlink = must(SYS(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink socket");
  begin();
  sendto_once(netlink, "no netlink message", 18, NULL, "-");
  sendto_once(udp, "hello", 5, &to4, NULL);
  sendto_once(connected, long_data, sizeof(long_data), NULL, NULL);
  sendto_once(new_socket(AF_INET6, SOCK_DGRAM), "hello6", 6, &to6, NULL);
  sendto_once(client, binary, sizeof(binary), NULL, NULL);
  sendto_once(client6, long_data, sizeof(long_data), NULL, NULL);
  sendto_once(new_socket(AF_UNIX, SOCK_DGRAM), "by path", 7, &path, "unix:0>*:datagrams");
  sendto_once(local, "stream", 6, NULL, "unix:*>*:pair");
  sendto_once(udp, "", 0, &to4, NULL);
  sendto_once(udp, "no address", 10, NULL, NULL);
  sendto_once(udp, unreadable, 30, &to4, NULL);
  sendto_once(BAD_FD, "bad", 3, &to4, NULL);
  sendto_once(-1, long_data, sizeof(long_data), NULL, NULL);
  end();
}

static void recvfrom_once(long fd, char *buffer, size_t size, struct address *from,
                          const char *unix_tuple) {
  long res = SYS(SYS_recvfrom, fd, buffer, size, MSG_DONTWAIT, pointer(from),
                 from == NULL ? NULL : &from->length);
  expect("SOCKET_RECVFROM_X", "res=%ld data=%s tuple=%s fd=%ld size=%zu", res,
         kept(buffer, res > 0 ? (size_t)res : 0), tuple_of(res, fd, false, from, unix_tuple), fd,
         size);
}

static void send_all(long fd, const void *data, size_t size, const struct address *to) {
  must(SYS(SYS_sendto, fd, data, size, 0, pointer(to), to == NULL ? 0 : to->length), "sendto");
}

static void run_recvfrom(void) {
  fill_long_data();
  char buffer[300];
  struct address from = {.length = sizeof(struct sockaddr_in)};
  struct address from6 = {.length = sizeof(struct sockaddr_in6)};
  long udp = new_server(AF_INET, SOCK_DGRAM, NULL);
  long udp6 = new_server(AF_INET6, SOCK_DGRAM, NULL);
  long named = new_server(AF_UNIX, SOCK_DGRAM, "datagrams");
  struct address to = bound_address(udp);
  struct address to6 = bound_address(udp6);
  struct address path = unix_address("datagrams", 10);
  long sender = new_socket(AF_INET, SOCK_DGRAM);
  send_all(sender, "hello", 5, &to);
  send_all(sender, long_data, sizeof(long_data), &to);
  send_all(sender, "cut off", 7, &to);
  send_all(new_socket(AF_INET6, SOCK_DGRAM), "hello6", 6, &to6);
  send_all(new_socket(AF_UNIX, SOCK_DGRAM), "by path", 7, &path);
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  send_all(client, long_data, sizeof(long_data), NULL);
  begin();
  recvfrom_once(udp, buffer, sizeof(buffer), &from, NULL);
  recvfrom_once(udp, buffer, sizeof(buffer), NULL, NULL);
  recvfrom_once(udp, buffer, 3, &from, NULL);
  recvfrom_once(udp6, buffer, sizeof(buffer), &from6, NULL);
  recvfrom_once(named, buffer, sizeof(buffer), NULL, "unix:*>0:datagrams");
  recvfrom_once(server, buffer, sizeof(buffer), NULL, NULL);
  recvfrom_once(udp, buffer, sizeof(buffer), &from, NULL); /* nothing there: EAGAIN */
  recvfrom_once(BAD_FD, buffer, 10, NULL, NULL);
  recvfrom_once(-1, unreadable, 20, &from, NULL);
  end();
}

/* A message of up to three parts. */
struct message {
  struct msghdr header;
  struct iovec parts[3];
};

static struct message *message_of(struct message *m, const struct address *name, void *first,
                                  size_t first_size, void *second, size_t second_size) {
  memset(m, 0, sizeof(*m));
  m->parts[0] = (struct iovec){first, first_size};
  m->parts[1] = (struct iovec){second, second_size};
  m->header.msg_iov = m->parts;
  m->header.msg_iovlen = second == NULL ? 1 : 2;
  m->header.msg_name = pointer(name);
  m->header.msg_namelen = name == NULL ? 0 : name->length;
  return m;
}

/* Sends two parts, which must show as one. */
static void sendmsg_once(long fd, const struct address *to, char *first, size_t first_size,
                         char *second, size_t second_size, const char *unix_tuple) {
  struct message m;
  message_of(&m, to, first, first_size, second, second_size);
  long res = SYS(SYS_sendmsg, fd, &m.header, 0);
  char all[1024];
  size_t size = first_size + (second == NULL ? 0 : second_size);
  memcpy(all, first, first_size);
  memcpy(all + first_size, second == NULL ? "" : second, size - first_size);
  size_t sent = res > 0 ? (size_t)res : size;
  expect("SOCKET_SENDMSG_X", "res=%ld data=%s fd=%ld size=%zu tuple=%s", res, kept(all, sent), fd,
         size, tuple_of(res, fd, true, to, unix_tuple));
}

static void run_sendmsg(void) {
  fill_long_data();
  char hello[] = "hello";
  char world[] = " world";
  struct address to4 = bound_address(new_server(AF_INET, SOCK_DGRAM, NULL));
  struct address to6 = bound_address(new_server(AF_INET6, SOCK_DGRAM, NULL));
  new_server(AF_UNIX, SOCK_DGRAM, "datagrams");
  struct address path = unix_address("datagrams", 10);
  long udp = new_socket(AF_INET, SOCK_DGRAM);
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  begin();
  sendmsg_once(udp, &to4, hello, 5, NULL, 0, NULL);
  sendmsg_once(new_socket(AF_INET6, SOCK_DGRAM), &to6, hello, 5, world, 6, NULL);
  sendmsg_once(client, NULL, hello, 5, long_data, sizeof(long_data), NULL);
  sendmsg_once(client, NULL, long_data, sizeof(long_data), hello, 5, NULL);
  sendmsg_once(new_socket(AF_UNIX, SOCK_DGRAM), &path, hello, 5, NULL, 0, "unix:0>*:datagrams");
  sendmsg_once(udp, NULL, hello, 5, world, 6, NULL); /* no address */
  sendmsg_once(BAD_FD, NULL, hello, 5, NULL, 0, NULL);
  long res = SYS(SYS_sendmsg, udp, unreadable, 0);
  expect("SOCKET_SENDMSG_X", "res=%ld data=- fd=%ld size=- tuple=-", res, udp);
  struct message m;
  message_of(&m, &to4, unreadable, 40, NULL, 0);
  res = SYS(SYS_sendmsg, udp, &m.header, 0);
  expect("SOCKET_SENDMSG_X", "res=%ld data=- fd=%ld size=40 tuple=-", res, udp);
  m.header.msg_iov = (struct iovec *)unreadable;
  res = SYS(SYS_sendmsg, udp, &m.header, 0);
  expect("SOCKET_SENDMSG_X", "res=%ld data=- fd=%ld size=0 tuple=-", res, udp);
  end();
}

static void recvmsg_once(long fd, struct address *from, char *buffer, size_t size, void *control,
                         size_t control_size, const char *unix_tuple) {
  struct message m;
  message_of(&m, from, buffer, 4, buffer + 4, size - 4);
  m.header.msg_control = control;
  m.header.msg_controllen = control_size;
  long res = SYS(SYS_recvmsg, fd, &m.header, MSG_DONTWAIT);
  if (from != NULL) {
    from->length = m.header.msg_namelen;
  }
  size_t got = res > 0 ? (size_t)res : 0;
  size_t control_got = res >= 0 ? m.header.msg_controllen : 0;
  expect("SOCKET_RECVMSG_X", "res=%ld size=%zu data=%s tuple=%s msgcontrol=%s fd=%ld", res, got,
         kept(buffer, got), tuple_of(res, fd, false, from, unix_tuple),
         bytes(control, control_got), fd);
}

/* Sends one fd along, which arrives as a control message. */
static void send_fd(long fd, long sent) {
  char control[CMSG_SPACE(sizeof(int))] = {0};
  struct message m;
  message_of(&m, NULL, "take it", 7, NULL, 0);
  m.header.msg_control = control;
  m.header.msg_controllen = sizeof(control);
  struct cmsghdr *c = CMSG_FIRSTHDR(&m.header);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(sizeof(int));
  int number = (int)sent;
  memcpy(CMSG_DATA(c), &number, sizeof(number));
  must(SYS(SYS_sendmsg, fd, &m.header, 0), "sendmsg with an fd");
}

static void run_recvmsg(void) {
  fill_long_data();
  char buffer[300];
  char control[64] = {0};
  struct address from = {.length = sizeof(struct sockaddr_in)};
  struct address from6 = {.length = sizeof(struct sockaddr_in6)};
  long udp = new_server(AF_INET, SOCK_DGRAM, NULL);
  long udp6 = new_server(AF_INET6, SOCK_DGRAM, NULL);
  struct address to = bound_address(udp);
  struct address to6 = bound_address(udp6);
  long sender = new_socket(AF_INET, SOCK_DGRAM);
  send_all(sender, "hello", 5, &to);
  send_all(sender, long_data, sizeof(long_data), &to);
  send_all(new_socket(AF_INET6, SOCK_DGRAM), "hello6", 6, &to6);
  long client;
  long server;
  stream_pair(AF_INET, &client, &server);
  send_all(client, long_data, sizeof(long_data), NULL);
  long local;
  long local_server;
  stream_pair(AF_UNIX, &local, &local_server);
  send_fd(local, udp);
  begin();
  recvmsg_once(udp, &from, buffer, sizeof(buffer), NULL, 0, NULL);
  recvmsg_once(udp, NULL, buffer, sizeof(buffer), NULL, 0, NULL);
  recvmsg_once(udp6, &from6, buffer, sizeof(buffer), control, sizeof(control), NULL);
  recvmsg_once(server, NULL, buffer, sizeof(buffer), NULL, 0, NULL);
  recvmsg_once(local_server, NULL, buffer, sizeof(buffer), control, sizeof(control),
               "unix:*>*:pair");
  recvmsg_once(udp, &from, buffer, sizeof(buffer), NULL, 0, NULL); /* EAGAIN */
  recvmsg_once(BAD_FD, NULL, buffer, sizeof(buffer), control, sizeof(control), NULL);
  long res = SYS(SYS_recvmsg, udp, unreadable, 0);
  expect("SOCKET_RECVMSG_X", "res=%ld size=0 data=- tuple=- msgcontrol=- fd=%ld", res, udp);
  end();
}

const struct test_case message_cases[] = {
    {"sendto", run_sendto},
    {"recvfrom", run_recvfrom},
    {"sendmsg", run_sendmsg},
    {"recvmsg", run_recvmsg},
    {NULL, NULL},
};
