/* SPDX-License-Identifier: Apache-2.0 */
/* The calls without an event of their own: each of them once, with arguments that it refuses. */
#include "trigger.h"

#include <sched.h>

struct generic_call {
  const char *name;
  int number;
  int code;
};

#define ROW(name, code) {#name, NR_##name, code},
static const struct generic_call calls[] = {GENERIC_SYSCALLS(ROW)};

/*
 * Left out: those that do not return (exit, exit_group, rt_sigreturn), wait for a signal (pause),
 * or are for the trampolines of uprobes, where anybody else dies of them.
 */
static bool is_left_out(const char *name) {
  static const char *const names[] = {"exit",  "exit_group", "rt_sigreturn",
                                      "pause", "uretprobe",  "uprobe"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (strcmp(name, names[i]) == 0) {
      return true;
    }
  }
  return false;
}

/* In a session and an IPC namespace of its own: vhangup and msgget would touch others. */
static void run_generic(void) {
  must(SYS(SYS_setsid), "setsid");
  must(SYS(SYS_unshare, CLONE_NEWIPC | CLONE_NEWUTS), "unshare");
  pid_t tid = (pid_t)SYS(SYS_gettid); /* expect() would ask for it, with a generic call */
  begin();
  SYS(0x40000000 | NR_getpid); /* a number of the x32 interface, which gives no event */
  for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
    if (!is_left_out(calls[i].name)) {
      SYS(calls[i].number, -1, -1, -1, -1, -1, -1);
      expect_of(tid, "GENERIC_X", "ID=%d nativeID=%d", calls[i].code, calls[i].number);
    }
  }
  end();
}

static void generic_case(void) { in_child(run_generic); }

const struct test_case generic_cases[] = {{"generic", generic_case}, {NULL, NULL}};
