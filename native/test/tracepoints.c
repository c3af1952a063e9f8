/* SPDX-License-Identifier: Apache-2.0 */
/* Signals that arrive, and page faults. The recorder asks for these events in these cases only. */
#include "trigger.h"

#include <sys/mman.h>

static void on_signal(int signal) { (void)signal; }

static void handle(int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_handler = on_signal;
  must(sigaction(signal, &action, NULL) < 0 ? -errno : 0, "sigaction");
}

/* Sends to itself; the sender is known for some signals only, as in Falco. */
static void deliver(int signal, bool sender_known) {
  SYS(SYS_kill, getpid(), signal);
  expect("SIGNALDELIVER_E", "spid=%d dpid=%d sig=%d", sender_known ? getpid() : 0, getpid(),
         signal);
}

static void run_signals(void) {
  static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGQUIT, SIGCHLD, SIGUSR1};
  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    handle(signals[i]);
  }
  handle(40);
  sigset_t none;
  sigemptyset(&none);
  must(sigprocmask(SIG_SETMASK, &none, NULL) < 0 ? -errno : 0, "sigprocmask");
  begin();
  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    deliver(signals[i], signals[i] != SIGUSR1);
  }
  deliver(40, true);
  end();
}

#define PAGE 4096
#define F(name) pf_flags__##name

/* Each page is touched once, so each gives one fault; the lines come when nothing counts any more. */
static void run_faults(void) {
  char *pages = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(pages == MAP_FAILED ? -errno : 0, "mmap");
  must(madvise(pages, 4 * PAGE, MADV_NOHUGEPAGE) < 0 && errno != EINVAL ? -errno : 0, "madvise");
  long zeros = must(SYS(SYS_open, "/dev/zero", O_RDONLY), "open");
  begin();
  *(volatile char *)(pages + 16) = 1;
  (void)*(volatile char *)(pages + PAGE + 8);
  SYS(SYS_read, zeros, pages + 2 * PAGE + 24, 1);
  end();
  expect("PAGE_FAULT_E", "addr=%lu ip=>0 error=%u", (unsigned long)(pages + 16),
         F(PAGE_NOT_PRESENT) | F(WRITE_ACCESS) | F(USER_FAULT));
  expect("PAGE_FAULT_E", "addr=%lu ip=>0 error=%u", (unsigned long)(pages + PAGE + 8),
         F(PAGE_NOT_PRESENT) | F(READ_ACCESS) | F(USER_FAULT));
  expect("PAGE_FAULT_E", "addr=%lu ip=>0 error=%u", (unsigned long)(pages + 2 * PAGE + 24),
         F(PAGE_NOT_PRESENT) | F(WRITE_ACCESS) | F(SUPERVISOR_FAULT));
}

const struct test_case tracepoint_cases[] = {
    {"tracepoint_signals", run_signals}, {"tracepoint_faults", run_faults}, {NULL, NULL},
};
