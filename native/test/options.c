/* SPDX-License-Identifier: Apache-2.0 */
/* getsockopt and setsockopt: val's first byte says which type the value has. */
#include "net.h"

#include <netinet/tcp.h>
#include <sys/time.h>

#define LEVEL(name) sockopt_levels__##name
#define OPTION(name) sockopt_options__##name

/* Indexes of the dynamic type. */
enum { AS_BYTES = 0, AS_ERRNO = 1, AS_U32 = 2, AS_U64 = 3, AS_NANOSECONDS = 4 };

static const char *value_text(int type, const void *value, size_t length) {
  bool readable = value != NULL && value != unreadable;
  uint32_t number = 0;
  uint64_t wide = 0;
  struct timeval time = {0, 0};
  if (readable) {
    memcpy(&number, value, length < sizeof(number) ? length : sizeof(number));
    memcpy(&wide, value, length < sizeof(wide) ? length : sizeof(wide));
    memcpy(&time, value, length < sizeof(time) ? length : sizeof(time));
  }
  switch (type) {
    case AS_ERRNO:
      return format("1:%d", -(int)number);
    case AS_U32:
      return format("2:%u", number);
    case AS_U64:
      return format("3:%lu", (unsigned long)wide);
    case AS_NANOSECONDS:
      return format("4:%ld", time.tv_sec * 1000000000L + time.tv_usec * 1000L);
    default:
      return format("0:%s", readable && length > 0 ? bytes(value, length) : "");
  }
}

struct option {
  int level, name;
  unsigned shown_level, shown_name;
  int type;
};

static const struct option reuse = {SOL_SOCKET, SO_REUSEADDR, LEVEL(SOL_SOCKET),
                                    OPTION(SO_REUSEADDR), AS_U32};
static const struct option error = {SOL_SOCKET, SO_ERROR, LEVEL(SOL_SOCKET), OPTION(SO_ERROR),
                                    AS_ERRNO};
static const struct option receive_timeout = {SOL_SOCKET, SO_RCVTIMEO, LEVEL(SOL_SOCKET),
                                              OPTION(SO_RCVTIMEO), AS_NANOSECONDS};
static const struct option send_timeout = {SOL_SOCKET, SO_SNDTIMEO, LEVEL(SOL_SOCKET),
                                           OPTION(SO_SNDTIMEO), AS_NANOSECONDS};
static const struct option cookie = {SOL_SOCKET, SO_COOKIE, LEVEL(SOL_SOCKET), OPTION(SO_COOKIE),
                                     AS_U64};
static const struct option lingering = {SOL_SOCKET, SO_LINGER, LEVEL(SOL_SOCKET),
                                        OPTION(SO_LINGER), AS_BYTES};
static const struct option pass_credentials = {SOL_SOCKET, SO_PASSCRED, LEVEL(SOL_SOCKET),
                                               OPTION(SO_PASSCRED), AS_U32};
static const struct option no_delay = {SOL_TCP, TCP_NODELAY, LEVEL(SOL_TCP), OPTION(UNKNOWN),
                                       AS_BYTES};
static const struct option hops = {IPPROTO_IP, IP_TTL, LEVEL(UNKNOWN), OPTION(UNKNOWN), AS_BYTES};
static const struct option unknown = {SOL_SOCKET, 7777, LEVEL(SOL_SOCKET), OPTION(UNKNOWN),
                                      AS_BYTES};

static void set_once(long fd, const struct option *o, const void *value, unsigned length) {
  long res = SYS(SYS_setsockopt, fd, o->level, o->name, value, length);
  expect("SOCKET_SETSOCKOPT_X", "res=%ld fd=%ld level=%u optname=%u val=%s optlen=%u", res, fd,
         o->shown_level, o->shown_name, value_text(o->type, value, length), length);
}

static void run_setsockopt(void) {
  uint32_t one = 1;
  uint64_t wide = 0x1122334455667788;
  struct timeval time = {3, 250000};
  struct linger wait = {.l_onoff = 1, .l_linger = 2};
  long tcp = new_socket(AF_INET, SOCK_STREAM);
  begin();
  set_once(tcp, &reuse, &one, sizeof(one));
  set_once(tcp, &receive_timeout, &time, sizeof(time));
  set_once(tcp, &send_timeout, &time, sizeof(time));
  set_once(tcp, &lingering, &wait, sizeof(wait));
  set_once(tcp, &no_delay, &one, sizeof(one));
  set_once(tcp, &hops, &one, sizeof(one));
  set_once(tcp, &cookie, &wide, sizeof(wide)); /* cannot be set */
  set_once(tcp, &error, &one, sizeof(one));    /* cannot be set */
  set_once(tcp, &unknown, &wide, sizeof(wide));
  set_once(BAD_FD, &pass_credentials, &one, sizeof(one));
  set_once(-1, &no_delay, &wide, sizeof(wide));
  set_once(tcp, &reuse, unreadable, sizeof(one));
  set_once(tcp, &unknown, NULL, 0);
  end();
}

/* On success value and length are the kernel's, on failure the caller's. */
static void get_once(long fd, const struct option *o, void *value, unsigned length) {
  unsigned got = length;
  long res = SYS(SYS_getsockopt, fd, o->level, o->name, value, &got);
  expect("SOCKET_GETSOCKOPT_X", "res=%ld fd=%ld level=%u optname=%u val=%s optlen=%u", res, fd,
         o->shown_level, o->shown_name, value_text(o->type, value, got), got);
}

/* A socket with a pending ECONNREFUSED. */
static long refused_socket(void) {
  long server = new_server(AF_INET, SOCK_DGRAM, NULL);
  struct address nobody = bound_address(server);
  SYS(SYS_close, server);
  long fd = new_socket(AF_INET, SOCK_DGRAM);
  connect_to(fd, &nobody);
  must(SYS(SYS_write, fd, "?", 1), "write");
  return fd;
}

static void run_getsockopt(void) {
  char value[64];
  struct timeval time = {1, 500000};
  long tcp = new_socket(AF_INET, SOCK_STREAM);
  long refused = refused_socket();
  must(SYS(SYS_setsockopt, tcp, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)), "SO_RCVTIMEO");
  memset(value, 0, sizeof(value));
  begin();
  get_once(tcp, &reuse, value, 4);
  get_once(refused, &error, value, 4);
  get_once(tcp, &error, value, 4);
  get_once(tcp, &receive_timeout, value, sizeof(struct timeval));
  get_once(tcp, &cookie, value, 8);
  get_once(tcp, &lingering, value, 8);
  get_once(tcp, &no_delay, value, 4);
  get_once(tcp, &hops, value, 60);
  memset(value, 7, sizeof(value));
  get_once(tcp, &unknown, value, 12);
  get_once(BAD_FD, &error, value, 4);
  get_once(-1, &cookie, value, 8);
  get_once(tcp, &reuse, unreadable, 4);
  long res = SYS(SYS_getsockopt, tcp, SOL_SOCKET, SO_TYPE, value, unreadable);
  expect("SOCKET_GETSOCKOPT_X", "res=%ld fd=%ld level=%u optname=%u val=2:%u optlen=0", res, tcp,
         LEVEL(SOL_SOCKET), OPTION(SO_TYPE), 0x07070707u);
  end();
}

const struct test_case option_cases[] = {
    {"setsockopt", run_setsockopt},
    {"getsockopt", run_getsockopt},
    {NULL, NULL},
};
