/* SPDX-License-Identifier: Apache-2.0 */
/* mount, modules, bpf, prctl, signals, limits, ptrace. */
#include "trigger.h"

#include <linux/bpf.h>
#include <linux/module.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>

static void mount_once(const char *device, const char *dir, const char *type, unsigned long flags,
                       unsigned expected) {
  long res = SYS(SYS_mount, device, dir, type, flags, NULL);
  expect("SYSCALL_MOUNT_X", "res=%ld dev=%s dir=%s type=%s flags=%u", res, text(device), text(dir),
         text(type), expected);
}

static void umount_once(const char *dir, int flags, unsigned expected) {
  long res = SYS(SYS_umount2, dir, flags);
  expect("SYSCALL_UMOUNT2_X", "res=%ld name=%s flags=%u", res, text(dir), expected);
}

/* Flags are the kernel's own, without the old magic number in the upper half. */
static void run_mount(void) {
  must(SYS(SYS_mkdir, "point", 0755), "mkdir");
  begin();
  mount_once("some device", "point", "tmpfs", MS_MGC_VAL | MS_NOSUID | MS_NODEV,
             mount_flags__NOSUID | mount_flags__NODEV);
  mount_once(NULL, "point", NULL, MS_REMOUNT | MS_RDONLY | MS_BIND,
             mount_flags__REMOUNT | mount_flags__RDONLY | mount_flags__BIND);
  mount_once("none", "point", "no such type", 0, 0);
  mount_once("point", "no/such", NULL, MS_BIND | MS_REC, mount_flags__BIND | mount_flags__REC);
  mount_once(unreadable, unreadable, unreadable, 0, 0);
  umount_once("point", MNT_DETACH | UMOUNT_NOFOLLOW,
              umount_flags__DETACH | umount_flags__NOFOLLOW);
  umount_once("point", MNT_EXPIRE, umount_flags__EXPIRE);
  umount_once("no/such", MNT_FORCE, umount_flags__FORCE);
  umount_once("point", 0x1000, 0);
  umount_once(unreadable, 0, 0);
  umount_once(long_path, 0, 0);
  end();
}

/* Nothing that could be loaded: a real module may not be touched on somebody's host. */
static void run_modules(void) {
  char image[] = "\x7f""ELF but not a module";
  long file = must(SYS(SYS_open, "image", O_CREAT | O_RDWR, 0600), "open image");
  must(SYS(SYS_write, file, image, sizeof(image)), "write image");
  unsigned both =
      finit_module_flags__MODULE_INIT_IGNORE_MODVERSIONS | finit_module_flags__MODULE_INIT_IGNORE_VERMAGIC;
  begin();
  long res = SYS(SYS_init_module, image, sizeof(image), "debug=1 name=x");
  expect("SYSCALL_INIT_MODULE_X", "res=%ld img=%s length=%zu uargs=%s", res,
         bytes(image, sizeof(image)), sizeof(image), text("debug=1 name=x"));
  res = SYS(SYS_init_module, unreadable, 20, unreadable);
  expect("SYSCALL_INIT_MODULE_X", "res=%ld img=- length=20 uargs=-", res);
  res = SYS(SYS_finit_module, file, "debug=1",
            MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC);
  expect("SYSCALL_FINIT_MODULE_X", "res=%ld fd=%ld uargs=%s flags=%u", res, file, text("debug=1"),
         both);
  res = SYS(SYS_finit_module, BAD_FD, unreadable, 0);
  expect("SYSCALL_FINIT_MODULE_X", "res=%ld fd=%d uargs=- flags=0", res, BAD_FD);
  res = SYS(SYS_finit_module, -1, "", MODULE_INIT_COMPRESSED_FILE);
  expect("SYSCALL_FINIT_MODULE_X", "res=%ld fd=-1 uargs= flags=%u", res,
         finit_module_flags__MODULE_INIT_COMPRESSED_FILE);
  res = SYS(SYS_delete_module, "no_such_module_here", O_NONBLOCK | O_TRUNC);
  expect("SYSCALL_DELETE_MODULE_X", "res=%ld name=%s flags=%u", res, text("no_such_module_here"),
         delete_module_flags__O_NONBLOCK | delete_module_flags__O_TRUNC);
  res = SYS(SYS_delete_module, unreadable, O_NONBLOCK);
  expect("SYSCALL_DELETE_MODULE_X", "res=%ld name=- flags=%u", res,
         delete_module_flags__O_NONBLOCK);
  end();
}

static void bpf_once(unsigned command, union bpf_attr *attr) {
  long res = SYS(SYS_bpf, command, attr, sizeof(*attr));
  expect("SYSCALL_BPF_2_X", "fd=%ld cmd=%u", res, command);
}

static void run_bpf(void) {
  union bpf_attr map;
  union bpf_attr next;
  memset(&map, 0, sizeof(map));
  memset(&next, 0, sizeof(next));
  map.map_type = BPF_MAP_TYPE_ARRAY;
  map.key_size = 4;
  map.value_size = 8;
  map.max_entries = 1;
  begin();
  bpf_once(bpf_commands__BPF_MAP_CREATE, &map);
  bpf_once(bpf_commands__BPF_MAP_GET_NEXT_ID, &next);
  bpf_once(bpf_commands__BPF_PROG_LOAD, &next);
  bpf_once(bpf_commands__BPF_MAP_CREATE, (union bpf_attr *)unreadable);
  bpf_once(9999, &map);
  end();
}

static void prctl_once(int option, long argument, long shown) {
  long res = SYS(SYS_prctl, option, argument, 0, 0, 0);
  expect("SYSCALL_PRCTL_X", "res=%ld option=%u arg2_str=- arg2_int=%ld", res, (unsigned)option,
         shown);
}

static void prctl_text(int option, char *name) {
  long res = SYS(SYS_prctl, option, name, 0, 0, 0);
  expect("SYSCALL_PRCTL_X", "res=%ld option=%u arg2_str=%s arg2_int=0", res, (unsigned)option,
         text(name));
}

static void run_prctl(void) {
  char name[] = "new name that is too long";
  char got[32] = "";
  int reaper = -1;
  begin();
  prctl_text(PR_SET_NAME, name);
  prctl_text(PR_GET_NAME, got);
  prctl_once(PR_SET_CHILD_SUBREAPER, 1, 1);
  prctl_once(PR_GET_CHILD_SUBREAPER, (long)&reaper, 1);
  prctl_once(PR_SET_DUMPABLE, 1, 1);
  prctl_once(PR_GET_DUMPABLE, 0, 0);
  prctl_once(PR_SET_NO_NEW_PRIVS, 1, 1);
  prctl_once(PR_CAPBSET_READ, 9999, 9999);
  prctl_once(PR_SET_DUMPABLE, -3, -3);
  prctl_once(123456, 0x123456789a, 0x123456789a);
  prctl_text(PR_SET_NAME, unreadable);
  end();
}

static void run_kill(void) {
  pid_t own = getpid();
  begin();
  long res = SYS(SYS_kill, own, 0);
  expect("SYSCALL_KILL_X", "res=%ld pid=%d sig=0", must(res, "kill"), own);
  res = SYS(SYS_kill, -own, SIGURG); /* a group that does not exist */
  expect("SYSCALL_KILL_X", "res=%ld pid=%d sig=%d", res, -own, SIGURG);
  res = SYS(SYS_kill, own, 200);
  expect("SYSCALL_KILL_X", "res=%ld pid=%d sig=200", res, own);
  res = SYS(SYS_tkill, own, SIGURG);
  expect("SYSCALL_TKILL_X", "res=%ld tid=%d sig=%d", must(res, "tkill"), own, SIGURG);
  res = SYS(SYS_tkill, -1, SIGKILL);
  expect("SYSCALL_TKILL_X", "res=%ld tid=-1 sig=%d", res, SIGKILL);
  res = SYS(SYS_tgkill, own, own, SIGURG);
  expect("SYSCALL_TGKILL_X", "res=%ld pid=%d tid=%d sig=%d", must(res, "tgkill"), own, own,
         SIGURG);
  res = SYS(SYS_tgkill, 1, own, SIGCHLD); /* not a thread of that process */
  expect("SYSCALL_TGKILL_X", "res=%ld pid=1 tid=%d sig=%d", res, own, SIGCHLD);
  res = SYS(SYS_tgkill, -3, -4, 65);
  expect("SYSCALL_TGKILL_X", "res=%ld pid=-3 tid=-4 sig=65", res);
  end();
}

static void setrlimit_once(int resource, unsigned expected, const struct rlimit *limit) {
  long res = SYS(SYS_setrlimit, resource, limit);
  struct rlimit none = {0, 0};
  const struct rlimit *shown = (const void *)limit == unreadable ? &none : limit;
  expect("SYSCALL_SETRLIMIT_X", "res=%ld cur=%ld max=%ld resource=%u", res, (long)shown->rlim_cur,
         (long)shown->rlim_max, expected);
}

static void prlimit_once(pid_t pid, int resource, unsigned expected, const struct rlimit *limit,
                         struct rlimit *old) {
  struct rlimit none = {0, 0};
  bool none_given = limit == NULL || (const void *)limit == unreadable;
  const struct rlimit *shown = none_given ? &none : limit;
  long res = SYS(SYS_prlimit64, pid, resource, limit, old);
  long current = res < 0 ? -1 : old == NULL ? 0 : (long)old->rlim_cur;
  long maximum = res < 0 ? -1 : old == NULL ? 0 : (long)old->rlim_max;
  expect("SYSCALL_PRLIMIT_X",
         "res=%ld newcur=%ld newmax=%ld oldcur=%ld oldmax=%ld pid=%d resource=%u", res,
         (long)shown->rlim_cur, (long)shown->rlim_max, current, maximum, pid, expected);
}

static void run_limits(void) {
  struct rlimit files = {300, 400};
  struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  struct rlimit wrong = {500, 400};
  struct rlimit old = {1, 2};
  begin();
  setrlimit_once(RLIMIT_NOFILE, rlimit_resources__RLIMIT_NOFILE, &files);
  setrlimit_once(RLIMIT_CPU, rlimit_resources__RLIMIT_CPU, &unlimited);
  setrlimit_once(RLIMIT_NOFILE, rlimit_resources__RLIMIT_NOFILE, &wrong);
  setrlimit_once(RLIMIT_RTTIME, rlimit_resources__RLIMIT_RTTIME,
                 (const struct rlimit *)unreadable);
  setrlimit_once(99, (uint8_t)rlimit_resources__RLIMIT_UNKNOWN, &files);
  prlimit_once(0, RLIMIT_NOFILE, rlimit_resources__RLIMIT_NOFILE, &files, &old);
  prlimit_once(getpid(), RLIMIT_STACK, rlimit_resources__RLIMIT_STACK, NULL, &old);
  prlimit_once(0, RLIMIT_NOFILE, rlimit_resources__RLIMIT_NOFILE, &files, NULL);
  prlimit_once(-1, RLIMIT_AS, rlimit_resources__RLIMIT_AS, &files, &old);
  prlimit_once(0, RLIMIT_NOFILE, rlimit_resources__RLIMIT_NOFILE, &wrong, &old);
  prlimit_once(0, 99, (uint8_t)rlimit_resources__RLIMIT_UNKNOWN,
               (const struct rlimit *)unreadable, NULL);
  end();
}

static const char *number(unsigned long value) { return format("0:%lu", value); }

/* Failed requests show neither address nor data. */
static void ptrace_once(long request, unsigned expected, pid_t pid, unsigned long address,
                        unsigned long data, const char *shown_data) {
  long res = SYS(SYS_ptrace, request, pid, address, data);
  expect("SYSCALL_PTRACE_X", "res=%ld addr=%s data=%s request=%u pid=%d", res,
         number(res < 0 ? 0 : address), res < 0 ? "0:0" : shown_data, expected, pid);
}

static void run_ptrace(void) {
  static volatile unsigned long word = 0x1122334455667788;
  unsigned long result = 0;
  pid_t child = (pid_t)SYS(SYS_fork);
  if (child == 0) {
    begin();
    ptrace_once(PTRACE_TRACEME, ptrace_requests__PTRACE_TRACEME, 0, 17, 34, "0:34");
    end();
    SYS(SYS_kill, getpid(), SIGSTOP);
    SYS(SYS_pause);
  }
  must(child, "fork");
  must(WIFSTOPPED(wait_for(child)) ? 0 : -EPROTO, "stop of the child");
  begin();
  ptrace_once(PTRACE_PEEKDATA, ptrace_requests__PTRACE_PEEKDATA, child, (unsigned long)&word,
              (unsigned long)&result, "0:1234605616436508552");
  ptrace_once(PTRACE_POKEDATA, ptrace_requests__PTRACE_POKEDATA, child, (unsigned long)&word, 99,
              "0:99");
  ptrace_once(PTRACE_PEEKTEXT, ptrace_requests__PTRACE_PEEKTEXT, child, (unsigned long)&word,
              (unsigned long)&result, "0:99");
  ptrace_once(PTRACE_PEEKDATA, ptrace_requests__PTRACE_PEEKDATA, child, 8,
              (unsigned long)&result, "");
  ptrace_once(PTRACE_SETOPTIONS, ptrace_requests__PTRACE_SETOPTIONS, child, 0,
              PTRACE_O_EXITKILL, "0:1048576");
  ptrace_once(PTRACE_CONT, ptrace_requests__PTRACE_CONT, child, 0, SIGURG, "1:23");
  ptrace_once(PTRACE_ATTACH, ptrace_requests__PTRACE_ATTACH, child, 5, 6, "");
  ptrace_once(99999, ptrace_requests__PTRACE_UNKNOWN, -7, 1, 2, "");
  end();
  must(SYS(SYS_kill, child, SIGKILL), "kill");
  wait_for(child);
}

#define IN_CHILD(name)            \
  static void name##_case(void) { \
    in_child(run_##name);         \
  }
IN_CHILD(prctl)
IN_CHILD(limits)
IN_CHILD(ptrace)

const struct test_case system_cases[] = {
    {"mount", run_mount}, {"modules", run_modules}, {"bpf", run_bpf},       {"prctl", prctl_case},
    {"kill", run_kill},   {"limits", limits_case},  {"ptrace", ptrace_case}, {NULL, NULL},
};
