/* SPDX-License-Identifier: Apache-2.0 */
/* procexit: of processes and threads, by code and by signal, with and without children left. */
#include "trigger.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define EVENT "PROCEXIT_1_E"

static void expect_exit(pid_t tid, int status, pid_t reaper) {
  bool by_signal = WIFSIGNALED(status);
  expect_of(tid, EVENT, "status=%d ret=%d sig=%d core=%d reaper_tid=%d", status,
            (status >> 8) & 0xff, by_signal ? WTERMSIG(status) : 0,
            by_signal && WCOREDUMP(status) ? 1 : 0, reaper);
}

static void run_exit_code(void) {
  for (int code = 0; code <= 300; code += 150) { /* 300 is cut to 8 bits */
    pid_t child = (pid_t)SYS(SYS_fork);
    if (child == 0) {
      SYS(SYS_exit_group, code);
    }
    int status = wait_for((pid_t)must(child, "fork"));
    must(WEXITSTATUS(status) == (code & 0xff) ? 0 : -EPROTO, "exit code");
    expect_exit(child, status, 0);
  }
}

/* A core is written where core_pattern makes it a file in the working directory. */
static bool core_is_a_file(void) {
  char pattern[256] = "";
  int fd = (int)must(SYS(SYS_open, "/proc/sys/kernel/core_pattern", O_RDONLY), "core_pattern");
  must(SYS(SYS_read, fd, pattern, sizeof(pattern) - 1), "core_pattern");
  SYS(SYS_close, fd);
  return pattern[0] != '|' && pattern[0] != '/' && pattern[0] != '@';
}

static void run_exit_signal(void) {
  static const int signals[] = {SIGKILL, SIGTERM, SIGABRT, SIGSEGV};
  struct rlimit core = {core_is_a_file() ? 1 << 20 : 0, 1 << 20};
  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    pid_t child = (pid_t)SYS(SYS_fork);
    if (child == 0) {
      SYS(SYS_prlimit64, 0, RLIMIT_CORE, &core, NULL);
      SYS(SYS_kill, SYS(SYS_getpid), signals[i]);
      SYS(SYS_exit_group, 1);
    }
    int status = wait_for((pid_t)must(child, "fork"));
    must(WIFSIGNALED(status) ? 0 : -EPROTO, "end by a signal");
    expect_exit(child, status, 0);
  }
}

/* A thread's own code, as it would be a process's. */
static volatile int thread_tid;
static int thread_with_code(void *unused) {
  (void)unused;
  SYS(SYS_exit, 77);
  return 0;
}

static int thread_with_child(void *pid) {
  pid_t child = (pid_t)SYS(SYS_fork);
  if (child == 0) {
    SYS(SYS_pause);
  }
  *(volatile pid_t *)pid = child;
  SYS(SYS_exit, 3);
  return 0;
}

static pid_t run_thread(int (*run)(void *), void *argument) {
  static char stack[65536] __attribute__((aligned(16)));
  int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
              CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
  thread_tid = -1;
  int tid = clone(run, stack + sizeof(stack), flags, argument, NULL, NULL, &thread_tid);
  must(tid < 0 ? -errno : 0, "clone");
  int value;
  while ((value = thread_tid) != 0) {
    SYS(SYS_futex, &thread_tid, FUTEX_WAIT, value, NULL);
  }
  return tid;
}

static void run_exit_thread(void) {
  pid_t child = 0;
  pid_t tid = run_thread(thread_with_code, NULL);
  expect_exit(tid, 77 << 8, 0);
  /* the first thread, still alive, takes the children over */
  tid = run_thread(thread_with_child, &child);
  expect_exit(tid, 3 << 8, (pid_t)SYS(SYS_gettid));
  must(SYS(SYS_kill, child, SIGKILL), "kill");
  expect_exit(child, wait_for(child), 0);
}

/* Leaves a child behind and ends; returns through shared memory who that was. */
static pid_t leave_child(volatile pid_t *orphan) {
  pid_t parent = (pid_t)SYS(SYS_fork);
  if (parent == 0) {
    pid_t child = (pid_t)SYS(SYS_fork);
    if (child == 0) {
      SYS(SYS_pause);
    }
    *orphan = child;
    SYS(SYS_exit_group, 4);
  }
  return (pid_t)must(parent, "fork");
}

/* A process above that has declared itself the reaper of orphans. */
static void run_exit_subreaper(void) {
  volatile pid_t *orphan = shared_memory(sizeof(*orphan));
  must(SYS(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1), "prctl");
  pid_t parent = leave_child(orphan);
  expect_exit(parent, wait_for(parent), (pid_t)SYS(SYS_gettid));
  must(SYS(SYS_kill, *orphan, SIGKILL), "kill");
  expect_exit(*orphan, wait_for(*orphan), 0);
}

/* Inside a pid namespace: a process that leaves a child behind once it may. */
static void first_in_namespace(const int *ready, const int *go_on) {
  char byte = 0;
  pid_t parent = (pid_t)SYS(SYS_fork);
  if (parent == 0) {
    if (SYS(SYS_fork) == 0) {
      SYS(SYS_pause);
    }
    SYS(SYS_write, ready[1], &byte, 1);
    SYS(SYS_read, go_on[0], &byte, 1);
    SYS(SYS_exit_group, 4);
  }
  SYS(SYS_wait4, parent, NULL, __WALL, NULL);
  SYS(SYS_exit_group, 6);
}

/* In a pid namespace its first process reaps; when that one ends, nobody does: all are killed. */
static void run_exit_namespace(void) {
  int ready[2];
  int go_on[2];
  char byte = 0;
  must(SYS(SYS_pipe, ready), "pipe");
  must(SYS(SYS_pipe, go_on), "pipe");
  pid_t first = (pid_t)SYS(SYS_clone, CLONE_NEWPID | SIGCHLD, 0);
  if (first == 0) {
    first_in_namespace(ready, go_on);
  }
  must(first, "clone");
  must(SYS(SYS_read, ready[0], &byte, 1), "read");
  pid_t parent = only_child_of(first);
  pid_t orphan = only_child_of(parent);
  must(SYS(SYS_write, go_on[1], &byte, 1), "write");
  int status = wait_for(first);
  expect_exit(parent, 4 << 8, first);
  expect_exit(first, status, 0);
  expect_exit(orphan, SIGKILL, 0);
}

static void exit_code_case(void) { in_child(run_exit_code); }
static void exit_signal_case(void) { in_child(run_exit_signal); }
static void exit_thread_case(void) { in_child(run_exit_thread); }
static void exit_subreaper_case(void) { in_child(run_exit_subreaper); }
static void exit_namespace_case(void) { in_child(run_exit_namespace); }

const struct test_case exit_cases[] = {
    {"exit_code", exit_code_case},
    {"exit_signal", exit_signal_case},
    {"exit_thread", exit_thread_case},
    {"exit_subreaper", exit_subreaper_case},
    {"exit_namespace", exit_namespace_case},
    {NULL, NULL},
};
