/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that only ask: stat, access, getcwd, lseek, directories, users, limits, ioctl, flock. */
#include "net.h"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

static void path_once(const char *event, long number, const char *path) {
  struct stat facts;
  long res = SYS(number, path, &facts);
  expect(event, "res=%ld path=%s", res, text(path));
}

static void newfstatat_once(long dirfd, const char *path, int flags, unsigned shown) {
  struct stat facts;
  long res = SYS(SYS_newfstatat, dirfd, path, &facts, flags);
  expect("SYSCALL_NEWFSTATAT_X", "res=%ld dirfd=%ld path=%s flags=%u", res,
         dirfd == AT_FDCWD ? PORTABLE_AT_FDCWD : dirfd, text(path), shown);
}

static void fd_once(const char *event, long number, long fd) {
  char space[4096];
  long res = SYS(number, fd, space, sizeof(space));
  expect(event, "res=%ld fd=%ld", res, fd);
}

static void run_stat(void) {
  long here = must(SYS(SYS_open, ".", O_RDONLY | O_DIRECTORY), "open");
  begin();
  path_once("SYSCALL_STAT_X", SYS_stat, ".");
  path_once("SYSCALL_STAT_X", SYS_stat, "no such file");
  path_once("SYSCALL_STAT_X", SYS_stat, unreadable);
  path_once("SYSCALL_LSTAT_X", SYS_lstat, work_dir);
  path_once("SYSCALL_LSTAT_X", SYS_lstat, "");
  fd_once("SYSCALL_FSTAT_X", SYS_fstat, here);
  fd_once("SYSCALL_FSTAT_X", SYS_fstat, -3);
  newfstatat_once(AT_FDCWD, ".", AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT,
                  newfstatat_flags__AT_SYMLINK_NOFOLLOW | newfstatat_flags__AT_NO_AUTOMOUNT);
  newfstatat_once(here, "", AT_EMPTY_PATH, newfstatat_flags__AT_EMPTY_PATH);
  newfstatat_once(BAD_FD, "x", 0, 0);
  fd_once("SYSCALL_GETDENTS_X", SYS_getdents, here);
  fd_once("SYSCALL_GETDENTS_X", SYS_getdents, BAD_FD);
  fd_once("SYSCALL_GETDENTS64_X", SYS_getdents64, here);
  fd_once("SYSCALL_GETDENTS64_X", SYS_getdents64, -1);
  end();
}

static void access_once(const char *path, int mode, unsigned shown) {
  long res = SYS(SYS_access, path, mode);
  expect("SYSCALL_ACCESS_X", "res=%ld name=%s mode=%u", res, text(path), shown);
}

static void getcwd_once(char *space, size_t size) {
  long res = SYS(SYS_getcwd, space, size);
  expect("SYSCALL_GETCWD_X", "res=%ld path=%s", res, res < 0 ? "-" : text(space));
}

static void lseek_once(long fd, long offset, unsigned whence, unsigned shown) {
  long res = SYS(SYS_lseek, fd, offset, whence);
  expect("SYSCALL_LSEEK_X", "res=%ld fd=%ld offset=%lu whence=%u", res, fd, (unsigned long)offset,
         shown);
}

static void run_places(void) {
  char space[256];
  long fd = must(SYS(SYS_open, "file", O_CREAT | O_RDWR, 0600), "open");
  begin();
  access_once("file", F_OK, 0);
  access_once("file", R_OK | W_OK, access_flags__R_OK | access_flags__W_OK);
  access_once("file", X_OK, access_flags__X_OK);
  access_once("nothing", 0x100 | R_OK, access_flags__R_OK);
  getcwd_once(space, sizeof(space));
  getcwd_once(space, 1);
  lseek_once(fd, 100, SEEK_SET, lseek_whence__SEEK_SET);
  lseek_once(fd, -5, SEEK_CUR, lseek_whence__SEEK_CUR);
  lseek_once(fd, 5, SEEK_END, lseek_whence__SEEK_END);
  lseek_once(fd, -500, SEEK_END, lseek_whence__SEEK_END);
  lseek_once(-1, 0, 99, 0);
  end();
}

static void run_users(void) {
  const char *no_parameters = "";
  unsigned id[3];
  must(SYS(SYS_setresgid, 11, 12, 13), "setresgid");
  must(SYS(SYS_setresuid, 21, 22, 0), "setresuid");
  begin();
  expect("SYSCALL_GETUID_X", "uid=%ld", SYS(SYS_getuid));
  expect("SYSCALL_GETEUID_X", "euid=%ld", SYS(SYS_geteuid));
  expect("SYSCALL_GETGID_X", "gid=%ld", SYS(SYS_getgid));
  expect("SYSCALL_GETEGID_X", "egid=%ld", SYS(SYS_getegid));
  long res = SYS(SYS_getresuid, &id[0], &id[1], &id[2]);
  expect("SYSCALL_GETRESUID_X", "res=%ld ruid=21 euid=22 suid=0", must(res, "getresuid"));
  res = SYS(SYS_getresuid, &id[0], unreadable, &id[2]);
  expect("SYSCALL_GETRESUID_X", "res=%ld ruid=21 euid=0 suid=0", res);
  res = SYS(SYS_getresgid, &id[0], &id[1], &id[2]);
  expect("SYSCALL_GETRESGID_X", "res=%ld rgid=11 egid=12 sgid=13", must(res, "getresgid"));
  res = SYS(SYS_getresgid, unreadable, NULL, &id[2]);
  expect("SYSCALL_GETRESGID_X", "res=%ld rgid=0 egid=0 sgid=13", res);
  long server = new_server(AF_INET, SOCK_STREAM, NULL);
  struct address address;
  socklen_t length = sizeof(address);
  SYS(SYS_getpeername, server, &address.any, &length);
  expect("SOCKET_GETPEERNAME_X", no_parameters);
  end();
}

static void run_getsockname(void) {
  const char *no_parameters = "";
  struct address address;
  socklen_t length = sizeof(address);
  begin();
  SYS(SYS_getsockname, BAD_FD, &address.any, &length);
  expect("SOCKET_GETSOCKNAME_X", no_parameters);
  end();
}

static void run_getrlimit(void) {
  struct rlimit limit = {300, 400};
  must(SYS(SYS_setrlimit, RLIMIT_NOFILE, &limit), "setrlimit");
  begin();
  long res = SYS(SYS_getrlimit, RLIMIT_NOFILE, &limit);
  expect("SYSCALL_GETRLIMIT_X", "res=%ld cur=300 max=400 resource=%u", must(res, "getrlimit"),
         rlimit_resources__RLIMIT_NOFILE);
  res = SYS(SYS_getrlimit, 99, &limit);
  expect("SYSCALL_GETRLIMIT_X", "res=%ld cur=-1 max=-1 resource=%u", res,
         (uint8_t)rlimit_resources__RLIMIT_UNKNOWN);
  end();
}

static void ioctl_once(long fd, unsigned long request, unsigned long argument) {
  long res = SYS(SYS_ioctl, fd, request, argument);
  expect("SYSCALL_IOCTL_3_X", "res=%ld fd=%ld request=%lu argument=%lu", res, fd, request,
         argument);
}

static void flock_once(long fd, int operation, unsigned shown) {
  long res = SYS(SYS_flock, fd, operation);
  expect("SYSCALL_FLOCK_X", "res=%ld fd=%ld operation=%u", res, fd, shown);
}

static void run_ioctl(void) {
  int ends[2];
  int waiting = 0;
  must(SYS(SYS_pipe, ends), "pipe");
  begin();
  ioctl_once(ends[0], FIONREAD, (unsigned long)&waiting);
  ioctl_once(ends[0], TIOCGWINSZ, 77);
  ioctl_once(-1, 0xffffffffffUL, 5);
  flock_once(ends[0], LOCK_EX | LOCK_NB, flock_flags__LOCK_EX | flock_flags__LOCK_NB);
  flock_once(ends[0], LOCK_UN, flock_flags__LOCK_UN);
  flock_once(BAD_FD, LOCK_SH, flock_flags__LOCK_SH);
  end();
}

#define IN_CHILD(name)            \
  static void name##_case(void) { \
    in_child(run_##name);         \
  }
IN_CHILD(users)
IN_CHILD(getrlimit)

const struct test_case query_cases[] = {
    {"stat", run_stat},
    {"places", run_places},
    {"users", users_case},
    {"getsockname", run_getsockname},
    {"getrlimit", getrlimit_case},
    {"ioctl", run_ioctl},
    {NULL, NULL},
};
