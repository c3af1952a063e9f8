/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of data is kept when the recorder asks for more of some ports (7000 to 7100 of its
 * choice) and protocols: it does so in this case only.
 */
#include "net.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#define SIZE 3000
static char data[SIZE];

/* A network of its own, so that every port is free. */
static void enter_network(void) {
  struct ifreq loopback_up;
  memset(&loopback_up, 0, sizeof(loopback_up));
  must(SYS(SYS_unshare, CLONE_NEWNET), "unshare");
  long fd = new_socket(AF_INET, SOCK_DGRAM);
  strcpy(loopback_up.ifr_name, "lo");
  loopback_up.ifr_flags = IFF_UP | IFF_RUNNING;
  must(SYS(SYS_ioctl, fd, SIOCSIFFLAGS, &loopback_up), "lo up");
}

static void fill(const void *start, size_t length) {
  memset(data, 'a', sizeof(data));
  memcpy(data, start, length);
}

static void send_to(unsigned port, const void *start, size_t length, size_t kept) {
  fill(start, length);
  struct address to = loopback(AF_INET, port);
  long fd = new_socket(AF_INET, SOCK_DGRAM);
  long res = SYS(SYS_sendto, fd, data, SIZE, 0, &to.any, to.length);
  expect("SOCKET_SENDTO_X", "res=%ld data=%s fd=%ld size=%d tuple=%s", must(res, "sendto"),
         bytes(data, kept), fd, SIZE, tuple_text(fd, true, &to));
  SYS(SYS_close, fd);
}

static void write_to(long fd, size_t kept) {
  long res = SYS(SYS_write, fd, data, SIZE);
  expect("SYSCALL_WRITE_X", "res=%ld data=%s fd=%ld size=%d", must(res, "write"),
         bytes(data, kept), fd, SIZE);
}

static void run_dynamic(void) {
  enter_network();
  int local[2];
  int ends[2];
  must(SYS(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, local), "socketpair");
  must(SYS(SYS_pipe, ends), "pipe");
  long dns = new_socket(AF_INET, SOCK_DGRAM);
  struct address server = loopback(AF_INET, 53);
  connect_to(dns, &server);
  struct iovec all = {data, SIZE};
  begin();
  send_to(9999, "a", 1, SNAPLEN);
  send_to(7050, "a", 1, SIZE);
  send_to(7101, "a", 1, SNAPLEN);
  send_to(53, "a", 1, 512);
  send_to(8125, "a", 1, 2000);
  send_to(9999, "GET /", 5, 2000);
  send_to(9999, "HTTP/", 5, 2000);
  send_to(9999, "HTTPX", 5, SNAPLEN);
  send_to(3306, "\3", 1, 2000);
  send_to(3306, "GET /", 5, SNAPLEN);
  send_to(5432, "Q", 2, 2000);
  send_to(5432, "aaaa\0\3", 7, 2000);
  send_to(27017, "a", 1, 2000);
  send_to(9999, "aaaaaaaaaaaa\xd4\7\0", 16, 2000);
  fill("a", 1);
  write_to(local[0], SNAPLEN);
  fill("POST", 4);
  write_to(local[0], 2000);
  write_to(ends[1], SNAPLEN);
  long res = SYS(SYS_writev, dns, &all, 1);
  expect("SYSCALL_WRITEV_X", "res=%ld data=%s fd=%ld size=%d", res, bytes(data, 512), dns, SIZE);
  end();
}

static void dynamic_case(void) { in_child(run_dynamic); }

const struct test_case snaplen_cases[] = {{"snaplen_dynamic", dynamic_case}, {NULL, NULL}};
