/* SPDX-License-Identifier: Apache-2.0 */
/* User and group ids, capabilities, sessions and namespaces. Each case has a child to change. */
#include "trigger.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>

#define NONE UINT_MAX

static void one_id(long nr, const char *event, const char *parameter, unsigned id) {
  long res = SYS(nr, id);
  expect(event, "res=%ld %s=%u", res, parameter, id);
}

static void two_ids(long nr, const char *event, const char *letter, unsigned real,
                    unsigned effective) {
  long res = SYS(nr, real, effective);
  expect(event, "res=%ld r%s=%u e%s=%u", res, letter, real, letter, effective);
}

static void three_ids(long nr, const char *event, const char *letter, unsigned real,
                      unsigned effective, unsigned saved) {
  long res = SYS(nr, real, effective, saved);
  expect(event, "res=%ld r%s=%u e%s=%u s%s=%u", res, letter, real, letter, effective, letter,
         saved);
}

/* Groups first: with another user id they cannot be changed any more. */
static void run_setgid(void) {
  begin();
  one_id(SYS_setgid, "SYSCALL_SETGID_X", "gid", 0);
  one_id(SYS_setgid, "SYSCALL_SETGID_X", "gid", NOBODY);
  must(SYS(SYS_setresuid, NOBODY, NOBODY, NOBODY), "setresuid");
  one_id(SYS_setgid, "SYSCALL_SETGID_X", "gid", 0);
  one_id(SYS_setgid, "SYSCALL_SETGID_X", "gid", NONE);
  end();
}

static void run_setuid(void) {
  begin();
  one_id(SYS_setuid, "SYSCALL_SETUID_X", "uid", 0);
  one_id(SYS_setuid, "SYSCALL_SETUID_X", "uid", NOBODY);
  one_id(SYS_setuid, "SYSCALL_SETUID_X", "uid", 0);
  one_id(SYS_setuid, "SYSCALL_SETUID_X", "uid", NONE);
  end();
}

static void run_setregid(void) {
  begin();
  two_ids(SYS_setregid, "SYSCALL_SETREGID_X", "gid", 0, NONE);
  two_ids(SYS_setregid, "SYSCALL_SETREGID_X", "gid", NOBODY, NOBODY + 1);
  must(SYS(SYS_setresuid, NOBODY, NOBODY, NOBODY), "setresuid");
  two_ids(SYS_setregid, "SYSCALL_SETREGID_X", "gid", 0, 7);
  end();
}

static void run_setreuid(void) {
  begin();
  two_ids(SYS_setreuid, "SYSCALL_SETREUID_X", "uid", NONE, 0);
  two_ids(SYS_setreuid, "SYSCALL_SETREUID_X", "uid", NOBODY, NOBODY);
  two_ids(SYS_setreuid, "SYSCALL_SETREUID_X", "uid", 0, 7);
  end();
}

static void run_setresgid(void) {
  begin();
  three_ids(SYS_setresgid, "SYSCALL_SETRESGID_X", "gid", NONE, NONE, NONE);
  three_ids(SYS_setresgid, "SYSCALL_SETRESGID_X", "gid", NOBODY, NOBODY + 1, NOBODY + 2);
  must(SYS(SYS_setresuid, NOBODY, NOBODY, NOBODY), "setresuid");
  three_ids(SYS_setresgid, "SYSCALL_SETRESGID_X", "gid", 0, 7, 8);
  end();
}

static void run_setresuid(void) {
  begin();
  three_ids(SYS_setresuid, "SYSCALL_SETRESUID_X", "uid", NONE, NONE, NONE);
  three_ids(SYS_setresuid, "SYSCALL_SETRESUID_X", "uid", NOBODY, NOBODY + 1, NOBODY + 2);
  three_ids(SYS_setresuid, "SYSCALL_SETRESUID_X", "uid", 0, 7, 8);
  end();
}

/* The record has what the process holds after the call, not what was asked for. */
static void capset_once(uint64_t inheritable, uint64_t permitted, uint64_t effective) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {
      {(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
      {(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)}};
  struct self now;
  long res = SYS(SYS_capset, &header, data);
  read_capabilities(&now);
  expect("SYSCALL_CAPSET_X", "res=%ld cap_inheritable=%lu cap_permitted=%lu cap_effective=%lu",
         res, (unsigned long)now.cap_inheritable, (unsigned long)now.cap_permitted,
         (unsigned long)now.cap_effective);
}

static void run_capset(void) {
  uint64_t chown = 1ULL << CAP_CHOWN;
  uint64_t kill_too = chown | 1ULL << CAP_KILL;
  uint64_t high = kill_too | 1ULL << CAP_BPF;
  struct self now;
  begin();
  read_capabilities(&now);
  capset_once(now.cap_inheritable, now.cap_permitted, now.cap_effective);
  capset_once(chown, high, kill_too);
  capset_once(chown, chown, 0);
  capset_once(0, high, high); /* what was given up does not come back */
  long res = SYS(SYS_capset, unreadable, unreadable);
  expect("SYSCALL_CAPSET_X", "res=%ld cap_inheritable=%lu cap_permitted=%lu cap_effective=0", res,
         (unsigned long)chown, (unsigned long)chown);
  end();
}

static void run_sessions(void) {
  pid_t own = getpid();
  begin();
  long res = SYS(SYS_setpgid, 0, 0);
  expect("SYSCALL_SETPGID_X", "res=%ld pid=0 pgid=0", must(res, "setpgid"));
  res = SYS(SYS_setpgid, own, own);
  expect("SYSCALL_SETPGID_X", "res=%ld pid=%d pgid=%d", must(res, "setpgid"), own, own);
  res = SYS(SYS_setpgid, 1, own);
  expect("SYSCALL_SETPGID_X", "res=%ld pid=1 pgid=%d", res, own);
  res = SYS(SYS_setpgid, -5, -6);
  expect("SYSCALL_SETPGID_X", "res=%ld pid=-5 pgid=-6", res);
  res = SYS(SYS_setsid); /* the leader of a group may not */
  expect("SYSCALL_SETSID_X", "res=%ld", res);
  end();
}

static void run_setsid(void) {
  begin();
  long res = SYS(SYS_setsid);
  expect("SYSCALL_SETSID_X", "res=%ld", must(res, "setsid"));
  end();
}

static void setns_once(long fd, int type, unsigned expected) {
  long res = SYS(SYS_setns, fd, type);
  expect("SYSCALL_SETNS_X", "res=%ld fd=%ld nstype=%u", res, fd, expected);
}

static void run_setns(void) {
  long uts = must(SYS(SYS_open, "/proc/self/ns/uts", O_RDONLY), "open ns/uts");
  long ipc = must(SYS(SYS_open, "/proc/self/ns/ipc", O_RDONLY), "open ns/ipc");
  begin();
  setns_once(uts, CLONE_NEWUTS, clone_flags__CLONE_NEWUTS);
  setns_once(ipc, 0, 0);
  setns_once(ipc, CLONE_NEWNET, clone_flags__CLONE_NEWNET);
  setns_once(BAD_FD, CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUSER,
             clone_flags__CLONE_NEWNS | clone_flags__CLONE_NEWCGROUP |
                 clone_flags__CLONE_NEWUSER);
  setns_once(-1, 0, 0);
  end();
}

static void unshare_once(unsigned long flags, unsigned expected) {
  long res = SYS(SYS_unshare, flags);
  expect("SYSCALL_UNSHARE_X", "res=%ld flags=%u", res, expected);
}

static void run_unshare(void) {
  begin();
  unshare_once(CLONE_NEWUTS | CLONE_NEWIPC | CLONE_FILES | CLONE_FS,
               clone_flags__CLONE_NEWUTS | clone_flags__CLONE_NEWIPC | clone_flags__CLONE_FILES |
                   clone_flags__CLONE_FS);
  unshare_once(CLONE_NEWNS, clone_flags__CLONE_NEWNS);
  unshare_once(CLONE_NEWPID | CLONE_NEWNET | CLONE_SYSVSEM,
               clone_flags__CLONE_NEWPID | clone_flags__CLONE_NEWNET |
                   clone_flags__CLONE_SYSVSEM);
  unshare_once(CLONE_PARENT, clone_flags__CLONE_PARENT);
  unshare_once(3, 0);
  end();
}

#define IN_CHILD(name)            \
  static void name##_case(void) { \
    in_child(run_##name);         \
  }
IN_CHILD(setuid)
IN_CHILD(setgid)
IN_CHILD(setreuid)
IN_CHILD(setregid)
IN_CHILD(setresuid)
IN_CHILD(setresgid)
IN_CHILD(capset)
IN_CHILD(setns)
IN_CHILD(unshare)

static void sessions_case(void) {
  in_child(run_sessions);
  in_child(run_setsid);
}

const struct test_case identity_cases[] = {
    {"setuid", setuid_case},       {"setgid", setgid_case},
    {"setreuid", setreuid_case},   {"setregid", setregid_case},
    {"setresuid", setresuid_case}, {"setresgid", setresgid_case},
    {"capset", capset_case},       {"sessions", sessions_case},
    {"setns", setns_case},         {"unshare", unshare_case},
    {NULL, NULL},
};
