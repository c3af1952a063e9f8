/* SPDX-License-Identifier: Apache-2.0 */
/* Semaphores, keys, quotas, file systems in the making, seccomp, io_uring. */
#include "trigger.h"

#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/mount.h>
#include <linux/quota.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/sem.h>

static long semget_once(int key, int count, int flags, unsigned shown) {
  long res = SYS(SYS_semget, key, count, flags);
  expect("SYSCALL_SEMGET_X", "res=%ld key=%d nsems=%d semflg=%u", res, key, count, shown);
  return res;
}

static void semop_once(long set, struct sembuf *operations, unsigned count, const char *shown) {
  long res = SYS(SYS_semop, set, operations, count);
  expect("SYSCALL_SEMOP_X", "res=%ld nsops=%u %s semid=%ld", res, count, shown, set);
}

static void semctl_once(long set, int number, int command, unsigned shown, long value,
                        long shown_value) {
  long res = SYS(SYS_semctl, set, number, command, value);
  expect("SYSCALL_SEMCTL_X", "res=%ld semid=%ld semnum=%d cmd=%u val=%ld", res, set, number, shown,
         shown_value);
}

/* In an IPC namespace of its own. */
static void run_semaphores(void) {
  struct sembuf operations[3] = {
      {1, 4, IPC_NOWAIT}, {0, -2, SEM_UNDO | IPC_NOWAIT}, {2, 1, 0}};
  static const char nothing[] =
      "sem_num_0=0 sem_op_0=0 sem_flg_0=0 sem_num_1=0 sem_op_1=0 sem_flg_1=0";
  must(SYS(SYS_unshare, CLONE_NEWIPC), "unshare");
  begin();
  long set = must(semget_once(IPC_PRIVATE, 3, IPC_CREAT | IPC_EXCL | 0600,
                              semget_flags__IPC_CREAT | semget_flags__IPC_EXCL),
                  "semget");
  semget_once(77, 3, 0, 0);
  semctl_once(set, 0, SETVAL, semctl_commands__SETVAL, 5, 5);
  semctl_once(set, 0, GETVAL, semctl_commands__GETVAL, 9, 0);
  semop_once(set, operations, 1,
             format("sem_num_0=1 sem_op_0=4 sem_flg_0=%u sem_num_1=0 sem_op_1=0 sem_flg_1=0",
                    semop_flags__IPC_NOWAIT));
  semop_once(set, operations, 3,
             format("sem_num_0=1 sem_op_0=4 sem_flg_0=%u sem_num_1=0 sem_op_1=-2 sem_flg_1=%u",
                    semop_flags__IPC_NOWAIT, semop_flags__IPC_NOWAIT | semop_flags__SEM_UNDO));
  semop_once(set, (struct sembuf *)unreadable, 1, nothing);
  semop_once(-1, operations, 1, nothing);
  semctl_once(set, 7, GETPID, semctl_commands__GETPID, 0, 0);
  semctl_once(set, 0, 99, 0, 3, 0);
  semctl_once(set, 0, IPC_RMID, semctl_commands__IPC_RMID, 3, 0);
  end();
}

static void key_once(int operation, unsigned long a, unsigned long b, unsigned long c,
                     unsigned long d, const char *shown) {
  long res = SYS(SYS_keyctl, operation, a, b, c, d);
  expect("SYSCALL_KEYCTL_X", "res=%ld operation=%u %s", res, (unsigned)operation, shown);
}

static void run_keys(void) {
  unsigned char space[64];
  begin();
  key_once(KEYCTL_JOIN_SESSION_KEYRING, (unsigned long)"a ring", 2, 3, 4,
           "arg2=1:a%20ring arg3=0:0 arg4=0:0 arg5=0:0");
  key_once(KEYCTL_JOIN_SESSION_KEYRING, 0, 2, 3, 4, "arg2=1: arg3=0:0 arg4=0:0 arg5=0:0");
  key_once(KEYCTL_GET_KEYRING_ID, (unsigned long)KEY_SPEC_SESSION_KEYRING, 0, 3, 4,
           "arg2=0:-3 arg3=0:0 arg4=0:0 arg5=0:0");
  key_once(KEYCTL_SEARCH, (unsigned long)KEY_SPEC_SESSION_KEYRING, (unsigned long)"user",
           (unsigned long)"no such key", 0, "arg2=0:-3 arg3=1:user arg4=1:no%20such%20key arg5=0:0");
  key_once(KEYCTL_DESCRIBE, 123456, (unsigned long)space, sizeof(space), 4,
           format("arg2=0:123456 arg3=0:%lu arg4=0:64 arg5=0:0", (unsigned long)space));
  key_once(KEYCTL_REVOKE, 123456, 2, 3, 4, "arg2=0:123456 arg3=0:0 arg4=0:0 arg5=0:0");
  key_once(KEYCTL_REJECT, 1, 2, 3, 4, "arg2=0:1 arg3=0:2 arg4=0:3 arg5=0:4");
  key_once(KEYCTL_PKEY_QUERY, 5, 0, (unsigned long)"enc=pkcs1", 4,
           "arg2=0:5 arg3=0:0 arg4=1:enc=pkcs1 arg5=0:0");
  key_once(KEYCTL_PKEY_SIGN, 0, (unsigned long)unreadable, 6, 7,
           "arg2=0:0 arg3=1: arg4=0:6 arg5=0:7");
  key_once(KEYCTL_RESTRICT_KEYRING, 5, (unsigned long)"type", (unsigned long)"rule", 7,
           "arg2=0:5 arg3=1:type arg4=1:rule arg5=0:0");
  key_once(4242, 1, 2, 3, 4, "arg2=0:0 arg3=0:0 arg4=0:0 arg5=0:0");
  end();
}

#define COMMAND(command, type) ((unsigned)(command) << 8 | (type))
#define NO_LIMITS                                                                        \
  "dqb_bhardlimit=0 dqb_bsoftlimit=0 dqb_curspace=0 dqb_ihardlimit=0 dqb_isoftlimit=0 " \
  "dqb_btime=0 dqb_itime=0"
#define NO_INFO "dqi_bgrace=0 dqi_igrace=0 dqi_flags=0"
#define Q(name) quotactl_cmds__##name

static void quota_once(unsigned command, const char *device, unsigned id, void *address,
                       const char *shown) {
  long res = SYS(SYS_quotactl, command, device, id, address);
  expect("SYSCALL_QUOTACTL_X", "res=%ld special=%s %s", res, text(device), shown);
}

static void run_quota(void) {
  struct if_dqblk block = {.dqb_bhardlimit = 1,
                           .dqb_bsoftlimit = 2,
                           .dqb_curspace = 3,
                           .dqb_ihardlimit = 4,
                           .dqb_isoftlimit = 5,
                           .dqb_curinodes = 6,
                           .dqb_btime = 7,
                           .dqb_itime = 8,
                           .dqb_valid = QIF_ALL};
  struct if_dqblk half = block;
  half.dqb_valid = QIF_SPACE;
  struct if_dqinfo info = {
      .dqi_bgrace = 9, .dqi_igrace = 10, .dqi_flags = 11, .dqi_valid = IIF_ALL};
  unsigned format_number = QFMT_VFS_V0;
  unsigned none = quotactl_quota_fmts__QFMT_NOT_USED;
  begin();
  quota_once(COMMAND(Q_SYNC, USRQUOTA), NULL, 3, NULL,
             format("quotafilepath=- " NO_LIMITS " " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=%u id=0 quota_fmt=%u",
                    none, Q(Q_SYNC), quotactl_types__USRQUOTA, none));
  quota_once(COMMAND(Q_QUOTAON, GRPQUOTA), "/dev/no such", QFMT_VFS_V1, "the file",
             format("quotafilepath=the%%20file " NO_LIMITS " " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=%u id=0 quota_fmt=%u",
                    none, Q(Q_QUOTAON), quotactl_types__GRPQUOTA,
                    quotactl_quota_fmts__QFMT_VFS_V1));
  quota_once(COMMAND(Q_SETQUOTA, USRQUOTA), "/dev/no such", 1234, &block,
             format("quotafilepath=- dqb_bhardlimit=1 dqb_bsoftlimit=2 dqb_curspace=3 "
                    "dqb_ihardlimit=4 dqb_isoftlimit=5 dqb_btime=7 dqb_itime=8 " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=%u id=1234 quota_fmt=%u",
                    none, Q(Q_SETQUOTA), quotactl_types__USRQUOTA, none));
  quota_once(COMMAND(Q_GETQUOTA, 2), "/dev/no such", 1234, &half,
             format("quotafilepath=- dqb_bhardlimit=0 dqb_bsoftlimit=0 dqb_curspace=3 "
                    "dqb_ihardlimit=0 dqb_isoftlimit=0 dqb_btime=0 dqb_itime=0 " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=0 id=1234 quota_fmt=%u",
                    none, Q(Q_GETQUOTA), none));
  quota_once(COMMAND(Q_SETINFO, USRQUOTA), unreadable, 5, &info,
             format("quotafilepath=- " NO_LIMITS " dqi_bgrace=9 dqi_igrace=10 dqi_flags=11"
                    " quota_fmt_out=%u cmd=%u type=%u id=0 quota_fmt=%u",
                    none, Q(Q_SETINFO), quotactl_types__USRQUOTA, none));
  quota_once(COMMAND(Q_GETFMT, USRQUOTA), "x", 5, &format_number,
             format("quotafilepath=- " NO_LIMITS " " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=%u id=0 quota_fmt=%u",
                    quotactl_quota_fmts__QFMT_VFS_V0, Q(Q_GETFMT), quotactl_types__USRQUOTA,
                    none));
  quota_once(COMMAND(0x5803, USRQUOTA), "x", 6, unreadable,
             format("quotafilepath=- " NO_LIMITS " " NO_INFO
                    " quota_fmt_out=%u cmd=%u type=%u id=6 quota_fmt=%u",
                    none, Q(Q_XGETQUOTA), quotactl_types__USRQUOTA, none));
  quota_once(0x1234, "x", 6, NULL,
             format("quotafilepath=- " NO_LIMITS " " NO_INFO
                    " quota_fmt_out=%u cmd=0 type=0 id=0 quota_fmt=%u",
                    none, none));
  end();
}

static void fsconfig_once(long fd, unsigned command, const char *key, const void *value, int aux,
                          const char *shown_bytes, const char *shown_text) {
  long res = SYS(SYS_fsconfig, fd, command, key, value, aux);
  bool done = res >= 0;
  expect("SYSCALL_FSCONFIG_X",
         "res=%ld fd=%ld cmd=%u key=%s value_bytebuf=%s value_charbuf=%s aux=%d", res, fd, command,
         text(key), done ? shown_bytes : "-", done ? shown_text : "-", aux);
}

#define C(name) fsconfig_cmds__FSCONFIG_##name

static void run_fsconfig(void) {
  long fd = must(SYS(SYS_fsopen, "tmpfs", 0), "fsopen");
  begin();
  fsconfig_once(fd, C(SET_STRING), "size", "1M", 0, "-", "1M");
  fsconfig_once(fd, C(SET_FLAG), "ro", NULL, 0, "-", "-");
  fsconfig_once(fd, C(SET_BINARY), "blob", "abc", 3, "abc", "-");
  fsconfig_once(fd, C(CMD_CREATE), NULL, NULL, 0, "-", "-");
  fsconfig_once(fd, C(SET_STRING), unreadable, "x", 0, "-", "x");
  fsconfig_once(BAD_FD, C(SET_PATH), "key", "/path", AT_FDCWD, "-", "/path");
  fsconfig_once(fd, 99, "key", "/path", 1, "-", "-");
  end();
}

static void run_seccomp(void) {
  begin();
  unsigned action = SECCOMP_RET_KILL_PROCESS;
  long res = SYS(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
  expect("SYSCALL_SECCOMP_X", "res=%ld op=%d flags=0", must(res, "seccomp"),
         SECCOMP_GET_ACTION_AVAIL);
  res = SYS(SYS_seccomp, 99, -1, NULL);
  expect("SYSCALL_SECCOMP_X", "res=%ld op=99 flags=4294967295", res);
  end();
}

static void enter_once(long fd, unsigned submit, unsigned complete, unsigned flags,
                       unsigned shown, const void *signals) {
  long res = SYS(SYS_io_uring_enter, fd, submit, complete, flags, signals, 8);
  expect("SYSCALL_IO_URING_ENTER_X",
         "res=%ld fd=%ld to_submit=%u min_complete=%u flags=%u sig=%u", res, fd, submit, complete,
         shown, (unsigned)(unsigned long)signals);
}

static void register_once(long fd, unsigned operation, const void *argument, unsigned count) {
  long res = SYS(SYS_io_uring_register, fd, operation, argument, count);
  expect("SYSCALL_IO_URING_REGISTER_X", "res=%ld fd=%ld opcode=%u arg=%lu nr_args=%u", res, fd,
         operation, (unsigned long)argument, count);
}

static void run_io_uring(void) {
  struct io_uring_params params;
  memset(&params, 0, sizeof(params));
  long ring = must(SYS(SYS_io_uring_setup, 4, &params), "io_uring_setup");
  int event = (int)must(SYS(SYS_eventfd2, 0, 0), "eventfd2");
  begin();
  enter_once(ring, 0, 0, IORING_ENTER_GETEVENTS, io_uring_enter_flags__IORING_ENTER_GETEVENTS,
             NULL);
  enter_once(BAD_FD, 1, 2, IORING_ENTER_SQ_WAKEUP | IORING_ENTER_SQ_WAIT,
             io_uring_enter_flags__IORING_ENTER_SQ_WAKEUP |
                 io_uring_enter_flags__IORING_ENTER_SQ_WAIT,
             &params);
  register_once(ring, IORING_REGISTER_EVENTFD, &event, 1);
  register_once(ring, IORING_UNREGISTER_EVENTFD, NULL, 0);
  register_once(ring, 999, NULL, 5);
  register_once(-1, IORING_REGISTER_FILES, unreadable, 7);
  end();
}

static void semaphores_case(void) { in_child(run_semaphores); }
static void keys_case(void) { in_child(run_keys); }

const struct test_case admin_cases[] = {
    {"semaphores", semaphores_case}, {"keys", keys_case},       {"quota", run_quota},
    {"fsconfig", run_fsconfig},      {"seccomp", run_seccomp},  {"io_uring", run_io_uring},
    {NULL, NULL},
};
