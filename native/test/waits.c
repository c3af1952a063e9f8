/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that wait: poll, ppoll, select, epoll_wait, nanosleep, futex. */
#include "trigger.h"

#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>

#define E(name) poll_flags__POLL##name

static long pipe_ends[2];

/* A pipe with something to read, and a descriptor that is not open. */
static void fill(struct pollfd *fds) {
  int ends[2];
  must(SYS(SYS_pipe, ends), "pipe");
  must(SYS(SYS_write, ends[1], "x", 1), "write");
  pipe_ends[0] = ends[0];
  pipe_ends[1] = ends[1];
  fds[0] = (struct pollfd){ends[0], POLLIN | POLLRDNORM, 0};
  fds[1] = (struct pollfd){ends[1], POLLOUT | POLLWRNORM, 0};
  fds[2] = (struct pollfd){BAD_FD, POLLIN, 0};
  fds[3] = (struct pollfd){-1, POLLIN, 0};
}

/* The list as it must be when the call has filled in what happened. */
static const char *filled(void) {
  return format("4;%ld:%u;%ld:%u;%d:%u;-1:0", pipe_ends[0], E(IN) | E(RDNORM), pipe_ends[1],
                E(OUT) | E(WRNORM), BAD_FD, E(NVAL));
}

static void poll_once(struct pollfd *fds, unsigned count, int timeout, const char *list) {
  long res = SYS(SYS_poll, fds, count, timeout);
  expect("SYSCALL_POLL_X", "res=%ld fds=%s timeout=%lu", res, list, (unsigned long)(unsigned)timeout);
}

static void run_poll(void) {
  struct pollfd fds[4];
  struct pollfd many[40];
  fill(fds);
  for (int i = 0; i < 40; i++) {
    many[i] = (struct pollfd){-1, 0, 0};
  }
  begin();
  poll_once(fds, 4, -1, filled());
  poll_once(many, 40, 0, "16;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0;-1:0");
  poll_once(NULL, 0, 1, "0");
  poll_once((struct pollfd *)unreadable, 2, 0, "0");
  end();
}

static void ppoll_once(struct pollfd *fds, unsigned count, const struct timespec *time,
                       const sigset_t *mask, const char *list, const char *shown_time,
                       unsigned shown_mask) {
  long res = SYS(SYS_ppoll, fds, count, time, mask, 8);
  expect("SYSCALL_PPOLL_X", "res=%ld fds=%s timeout=%s sigmask=%u", res, list, shown_time,
         shown_mask);
}

static void run_ppoll(void) {
  struct pollfd fds[4];
  struct timespec time = {2, 345};
  struct timespec none = {0, 0};
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGURG);
  fill(fds);
  begin();
  /* The kernel writes the time that is left. */
  ppoll_once(fds, 4, NULL, &mask, filled(), "0", 1u << (SIGURG - 1));
  ppoll_once(NULL, 0, &none, NULL, "0", "0", 0);
  ppoll_once((struct pollfd *)unreadable, 1, &time, NULL, "0", "1900000000..2000000345", 0);
  ppoll_once(fds, 4, (struct timespec *)unreadable, (sigset_t *)unreadable, filled(), "0", 0);
  end();
}

static void run_select(void) {
  struct timeval none = {0, 0};
  begin();
  long res = SYS(SYS_select, 0, NULL, NULL, NULL, &none);
  expect("SYSCALL_SELECT_X", "res=%ld", must(res, "select"));
  res = SYS(SYS_select, -1, NULL, NULL, NULL, &none);
  expect("SYSCALL_SELECT_X", "res=%ld", res);
  long epoll = must(SYS(SYS_epoll_create1, 0), "epoll_create1");
  struct epoll_event events[3];
  res = SYS(SYS_epoll_wait, epoll, events, 3, 0);
  expect("SYSCALL_EPOLLWAIT_X", "res=%ld maxevents=3", must(res, "epoll_wait"));
  res = SYS(SYS_epoll_wait, epoll, events, -2, 0);
  expect("SYSCALL_EPOLLWAIT_X", "res=%ld maxevents=-2", res);
  end();
}

static void run_nanosleep(void) {
  struct timespec short_time = {0, 1234};
  struct timespec wrong = {3, 4000000000};
  begin();
  long res = SYS(SYS_nanosleep, &short_time, NULL);
  expect("SYSCALL_NANOSLEEP_X", "res=%ld interval=1234", must(res, "nanosleep"));
  res = SYS(SYS_nanosleep, &wrong, NULL);
  expect("SYSCALL_NANOSLEEP_X", "res=%ld interval=7000000000", res);
  res = SYS(SYS_nanosleep, unreadable, NULL);
  expect("SYSCALL_NANOSLEEP_X", "res=%ld interval=0", res);
  end();
}

static void futex_once(const unsigned *word, int operation, unsigned shown, unsigned long value) {
  struct timespec none = {0, 0};
  long res = SYS(SYS_futex, word, operation, value, &none, NULL, 0);
  expect("SYSCALL_FUTEX_X", "res=%ld addr=%lu op=%u val=%lu", res, (unsigned long)word, shown,
         value);
}

static void run_futex(void) {
  static unsigned word = 5;
  begin();
  futex_once(&word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG,
             futex_operations__FUTEX_WAKE | futex_operations__FUTEX_PRIVATE_FLAG, 7);
  futex_once(&word, FUTEX_WAIT, futex_operations__FUTEX_WAIT, 6);
  futex_once(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME,
             futex_operations__FUTEX_WAIT_BITSET | futex_operations__FUTEX_CLOCK_REALTIME, 5);
  futex_once(&word, 99, 0, 0);
  end();
}

const struct test_case wait_cases[] = {
    {"poll", run_poll},           {"ppoll", run_ppoll}, {"select", run_select},
    {"nanosleep", run_nanosleep}, {"futex", run_futex}, {NULL, NULL},
};
