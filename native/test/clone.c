/* SPDX-License-Identifier: Apache-2.0 */
/* fork, vfork, clone and clone3, as parent and child see them: processes, threads, namespaces. */
#include "trigger.h"

#include <linux/futex.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define C(name) clone_flags__##name
#define STACK_SIZE 65536

static struct self self;

/* Who a record is about. */
struct who {
  pid_t tid, pid, ptid;
  int vtid, vpid;
};

/* pidns: when the first process of the pid namespace started; only the child's record has it. */
static void expect_clone(const char *event, long res, struct who who, unsigned flags,
                         const char *pidns) {
  struct self about = self;
  about.tid = who.tid;
  about.pid = who.pid;
  const char *vm_size = format("%lu", self.vm_size_kb);
  expect_of(who.tid, event,
            "res=%ld %s flags=%u uid=%u gid=%u vtid=%d vpid=%d pidns_init_start_ts=%s", res,
            process_params(&about, res >= 0, who.ptid, vm_size), flags, self.uid, self.gid,
            who.vtid, who.vpid, pidns);
}

/* The calling process, which main() forked. */
static struct who own_process(void) {
  return (struct who){self.tid, self.pid, main_tid, self.tid, self.pid};
}

static struct who child_process(pid_t child, pid_t parent_thread) {
  return (struct who){child, child, parent_thread, child, child};
}

static struct who sibling_thread(pid_t thread) {
  return (struct who){thread, self.pid, main_tid, thread, self.pid};
}

#define HOST_START ">0"

static void run_fork(void) {
  read_self(&self);
  begin();
  pid_t child = (pid_t)SYS(SYS_fork);
  if (child == 0) {
    SYS(SYS_exit_group, 0);
  }
  wait_for((pid_t)must(child, "fork"));
  end();
  expect_clone("SYSCALL_FORK_20_X", child, own_process(), 0, "0");
  expect_clone("SYSCALL_FORK_20_X", 0, child_process(child, self.tid), 0, HOST_START);
}

/* The child runs on the parent's stack: it must not return from here. */
static long vfork_and_exit(void) {
  long ret;
  __asm__ volatile(
      "syscall\n\t"
      "test %%rax, %%rax\n\t"
      "jnz 1f\n\t"
      "xor %%edi, %%edi\n\t"
      "mov %[exit], %%eax\n\t"
      "syscall\n"
      "1:"
      : "=a"(ret)
      : "a"(SYS_vfork), [exit] "i"(SYS_exit_group)
      : "rcx", "r11", "rdi", "memory");
  return ret;
}

static void run_vfork(void) {
  read_self(&self);
  begin();
  pid_t child = (pid_t)must(vfork_and_exit(), "vfork");
  end();
  wait_for(child);
  expect_clone("SYSCALL_VFORK_20_X", child, own_process(), 0, "0");
  expect_clone("SYSCALL_VFORK_20_X", 0, child_process(child, self.tid), 0, HOST_START);
}

/* A user may have no processes at all: forking fails with EAGAIN. */
static void forbid_children(void) {
  struct rlimit none = {0, 0};
  must(SYS(SYS_prlimit64, 0, RLIMIT_NPROC, &none, NULL), "prlimit64");
  must(SYS(SYS_setresgid, NOBODY + 1, NOBODY + 1, NOBODY + 1), "setresgid");
  must(SYS(SYS_setresuid, NOBODY, NOBODY, NOBODY), "setresuid");
  self.uid = NOBODY;
  self.gid = NOBODY + 1;
}

static void run_fork_failure(void) {
  read_self(&self);
  forbid_children();
  begin();
  long res = SYS(SYS_fork);
  expect_clone("SYSCALL_FORK_20_X", res, own_process(), 0, "0");
  res = vfork_and_exit();
  expect_clone("SYSCALL_VFORK_20_X", res, own_process(), 0, "0");
  end();
}

/* clone or clone3 for a thread that calls a function on its own stack and ends. */
static long start_thread(long nr, long a, long b, long c, long d, void (*run)(void)) {
  long ret;
  register long r10 __asm__("r10") = d;
  register void (*r12)(void) __asm__("r12") = run;
  __asm__ volatile(
      "syscall\n\t"
      "test %%rax, %%rax\n\t"
      "jnz 1f\n\t"
      "xor %%ebp, %%ebp\n\t"
      "call *%%r12\n\t"
      "xor %%edi, %%edi\n\t"
      "mov %[exit], %%eax\n\t"
      "syscall\n"
      "1:"
      : "=a"(ret)
      : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r12), [exit] "i"(SYS_exit)
      : "rcx", "r8", "r9", "r11", "memory");
  return ret;
}

#define THREAD_FLAGS                                                                     \
  (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |    \
   CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)
#define SHOWN_THREAD_FLAGS                                                               \
  (C(CLONE_VM) | C(CLONE_FS) | C(CLONE_FILES) | C(CLONE_SIGHAND) | C(CLONE_THREAD) |     \
   C(CLONE_SYSVSEM) | C(CLONE_CHILD_SETTID) | C(CLONE_CHILD_CLEARTID))

static char *stack;
static volatile int thread_tid = -1;
static void do_nothing(void) {}

static void await_thread(void) {
  int value;
  while ((value = thread_tid) != 0) {
    SYS(SYS_futex, &thread_tid, FUTEX_WAIT, value, NULL);
  }
}

static char *new_stack(void) {
  char *memory = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  must(memory == MAP_FAILED ? -errno : 0, "mmap");
  return memory;
}

static long clone_thread(void (*run)(void)) {
  thread_tid = -1;
  return must(start_thread(SYS_clone, THREAD_FLAGS, (long)(stack + STACK_SIZE), 0,
                           (long)&thread_tid, run),
              "clone");
}

static void run_clone(void) {
  pid_t set_tid = 0;
  stack = new_stack();
  read_self(&self);
  begin();
  pid_t child = (pid_t)SYS(
      SYS_clone, CLONE_FILES | CLONE_FS | CLONE_PARENT_SETTID | CLONE_IO | SIGCHLD, 0, &set_tid);
  if (child == 0) {
    SYS(SYS_exit_group, 0);
  }
  wait_for((pid_t)must(child, "clone"));
  pid_t thread = (pid_t)clone_thread(do_nothing);
  await_thread();
  long res = SYS(SYS_clone, CLONE_THREAD | CLONE_NEWUSER, 0);
  end();
  unsigned flags = C(CLONE_FILES) | C(CLONE_FS) | C(CLONE_PARENT_SETTID) | C(CLONE_IO);
  expect_clone("SYSCALL_CLONE_20_X", child, own_process(), flags, "0");
  expect_clone("SYSCALL_CLONE_20_X", 0, child_process(child, self.tid), flags, HOST_START);
  expect_clone("SYSCALL_CLONE_20_X", thread, own_process(), SHOWN_THREAD_FLAGS, "0");
  expect_clone("SYSCALL_CLONE_20_X", 0, sibling_thread(thread), SHOWN_THREAD_FLAGS, HOST_START);
  expect_clone("SYSCALL_CLONE_20_X", res, own_process(), C(CLONE_THREAD) | C(CLONE_NEWUSER), "0");
}

static void run_clone3(void) {
  stack = new_stack();
  read_self(&self);
  struct clone_args process = {.flags = CLONE_FILES | CLONE_PTRACE, .exit_signal = SIGCHLD};
  struct clone_args threaded = {.flags = THREAD_FLAGS,
                                .child_tid = (uint64_t)(uintptr_t)&thread_tid,
                                .stack = (uint64_t)(uintptr_t)stack,
                                .stack_size = STACK_SIZE};
  struct clone_args bad = {.flags = CLONE_SIGHAND | CLONE_NEWNET};
  begin();
  pid_t child = (pid_t)SYS(SYS_clone3, &process, sizeof(process));
  if (child == 0) {
    SYS(SYS_exit_group, 0);
  }
  wait_for((pid_t)must(child, "clone3"));
  thread_tid = -1;
  pid_t thread = (pid_t)must(
      start_thread(SYS_clone3, (long)&threaded, sizeof(threaded), 0, 0, do_nothing), "clone3");
  await_thread();
  long res = SYS(SYS_clone3, &bad, sizeof(bad));
  long unread = SYS(SYS_clone3, unreadable, sizeof(bad));
  end();
  unsigned flags = C(CLONE_FILES) | C(CLONE_PTRACE);
  const char *event = "SYSCALL_CLONE3_X";
  expect_clone(event, child, own_process(), flags, "0");
  expect_clone(event, 0, child_process(child, self.tid), flags, HOST_START);
  expect_clone(event, thread, own_process(), SHOWN_THREAD_FLAGS, "0");
  expect_clone(event, 0, sibling_thread(thread), SHOWN_THREAD_FLAGS, HOST_START);
  expect_clone(event, res, own_process(), C(CLONE_SIGHAND) | C(CLONE_NEWNET), "0");
  expect_clone(event, unread, own_process(), 0, "0");
}

/* A thread forks: the parent of the new process is that thread. */
static volatile pid_t forked_by_thread;
static void fork_and_wait(void) {
  pid_t child = (pid_t)SYS(SYS_fork);
  if (child == 0) {
    SYS(SYS_exit_group, 0);
  }
  forked_by_thread = child;
  SYS(SYS_wait4, child, NULL, __WALL, NULL);
}

static void run_fork_in_thread(void) {
  stack = new_stack();
  read_self(&self);
  pid_t thread = (pid_t)clone_thread(fork_and_wait);
  await_thread();
  pid_t child = forked_by_thread;
  expect_clone("SYSCALL_FORK_20_X", child, sibling_thread(thread), 0, "0");
  expect_clone("SYSCALL_FORK_20_X", 0, child_process(child, thread), 0, HOST_START);
}

/* The first process of a new pid namespace: forks once, and waits until its parent has looked. */
static void first_in_namespace(const int *ready, const int *go_on) {
  char byte = 0;
  pid_t child = (pid_t)SYS(SYS_fork);
  if (child == 0) {
    SYS(SYS_write, ready[1], &byte, 1);
    SYS(SYS_read, go_on[0], &byte, 1);
    SYS(SYS_exit_group, 0);
  }
  SYS(SYS_wait4, child, NULL, __WALL, NULL);
  SYS(SYS_exit_group, 0);
}

/* Starts a namespace by one of the calls; records: parent, first process twice, its child. */
static void new_namespace(const char *event, long nr, long first, long second, unsigned parent,
                          unsigned child_flags) {
  int ready[2];
  int go_on[2];
  char byte = 0;
  must(SYS(SYS_pipe, ready), "pipe");
  must(SYS(SYS_pipe, go_on), "pipe");
  begin();
  unsigned long before = monotonic_ns();
  pid_t child = (pid_t)SYS(nr, first, second);
  if (child == 0) {
    first_in_namespace(ready, go_on);
  }
  unsigned long after = monotonic_ns();
  must(child, "new pid namespace");
  must(SYS(SYS_read, ready[0], &byte, 1), "read");
  pid_t grandchild = only_child_of(child);
  must(SYS(SYS_write, go_on[1], &byte, 1), "write");
  wait_for(child);
  struct who who = {child, child, self.tid, 1, 1};
  struct who next = {grandchild, grandchild, child, 2, 2};
  unsigned inside = C(CLONE_CHILD_IN_PIDNS);
  char start[64];
  snprintf(start, sizeof(start), "%lu..%lu", before, after);
  expect_clone(event, child, own_process(), parent, "0");
  expect_clone(event, 0, who, child_flags | inside, start);
  struct self outside = self;
  self.tid = child;
  self.pid = child;
  who.ptid = outside.tid;
  /* the number that the first process got is the one inside */
  expect_clone("SYSCALL_FORK_20_X", 2, who, inside, "0");
  expect_clone("SYSCALL_FORK_20_X", 0, next, inside, start);
  self = outside;
}

static void run_clone_new_pid_namespace(void) {
  read_self(&self);
  new_namespace("SYSCALL_CLONE_20_X", SYS_clone, CLONE_NEWPID | SIGCHLD, 0, C(CLONE_NEWPID),
                C(CLONE_NEWPID));
}

static void run_clone3_new_pid_namespace(void) {
  read_self(&self);
  struct clone_args args = {.flags = CLONE_NEWPID, .exit_signal = SIGCHLD};
  new_namespace("SYSCALL_CLONE3_X", SYS_clone3, (long)&args, sizeof(args), C(CLONE_NEWPID),
                C(CLONE_NEWPID));
}

/* After unshare the parent stays outside, but its children do not. */
static void run_fork_after_unshare(void) {
  must(SYS(SYS_unshare, CLONE_NEWPID), "unshare");
  read_self(&self);
  new_namespace("SYSCALL_FORK_20_X", SYS_fork, 0, 0, C(CLONE_CHILD_IN_PIDNS), 0);
}

#define IN_CHILD(name)                     \
  static void name##_case(void) {          \
    in_child(run_##name);                  \
  }
IN_CHILD(fork)
IN_CHILD(vfork)
IN_CHILD(fork_failure)
IN_CHILD(clone)
IN_CHILD(clone3)
IN_CHILD(fork_in_thread)
IN_CHILD(clone_new_pid_namespace)
IN_CHILD(clone3_new_pid_namespace)
IN_CHILD(fork_after_unshare)

const struct test_case clone_cases[] = {
    {"fork", fork_case},
    {"vfork", vfork_case},
    {"fork_failure", fork_failure_case},
    {"clone", clone_case},
    {"clone3", clone3_case},
    {"fork_in_thread", fork_in_thread_case},
    {"clone_new_pid_namespace", clone_new_pid_namespace_case},
    {"clone3_new_pid_namespace", clone3_new_pid_namespace_case},
    {"fork_after_unshare", fork_after_unshare_case},
    {NULL, NULL},
};
