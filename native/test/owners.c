/* SPDX-License-Identifier: Apache-2.0 */
/* chmod and chown, in all their forms. */
#include "trigger.h"

static long make_file(void) {
  return must(SYS(SYS_open, "file", O_CREAT | O_RDWR, 0600), "open file");
}

static long portable_dir(long dir) { return dir == AT_FDCWD ? PORTABLE_AT_FDCWD : dir; }

static void chmod_once(const char *path, unsigned mode, unsigned expected) {
  long res = SYS(SYS_chmod, path, mode);
  expect("SYSCALL_CHMOD_X", "res=%ld filename=%s mode=%u", res, text(path), expected);
}

static void fchmod_once(long fd, unsigned mode, unsigned expected) {
  long res = SYS(SYS_fchmod, fd, mode);
  expect("SYSCALL_FCHMOD_X", "res=%ld fd=%ld mode=%u", res, fd, expected);
}

static void fchmodat_once(long dir, const char *path, unsigned mode, unsigned expected) {
  long res = SYS(SYS_fchmodat, dir, path, mode);
  expect("SYSCALL_FCHMODAT_X", "res=%ld dirfd=%ld filename=%s mode=%u", res, portable_dir(dir),
         text(path), expected);
}

#define M(name) chmod_mode__##name

static void run_chmod(void) {
  long fd = make_file();
  long dir = must(SYS(SYS_open, ".", O_RDONLY | O_DIRECTORY), "open .");
  unsigned setuid_mode = M(S_ISUID) | M(S_IRUSR) | M(S_IXUSR) | M(S_IXGRP);
  unsigned rest = M(S_ISGID) | M(S_ISVTX) | M(S_IWUSR) | M(S_IRGRP) | M(S_IWGRP) | M(S_IROTH) |
                  M(S_IWOTH) | M(S_IXOTH);
  begin();
  chmod_once("file", 04510, setuid_mode);
  chmod_once("file", 03267, rest);
  chmod_once("no/such", 0100644, 0644); /* the type is not part of it */
  chmod_once(unreadable, 0777, 0777);
  chmod_once(long_path, 0, 0);
  fchmod_once(fd, 04510, setuid_mode);
  fchmod_once(fd, 03267, rest);
  fchmod_once(BAD_FD, 0100644, 0644);
  fchmod_once(-1, 0, 0);
  fchmodat_once(AT_FDCWD, "file", 04510, setuid_mode);
  fchmodat_once(dir, "file", 03267, rest);
  fchmodat_once(BAD_FD, "file", 0777, 0777);
  fchmodat_once(dir, "", 0777, 0777);
  fchmodat_once(dir, unreadable, 0777, 0777);
  fchmodat_once(-1, long_path, 0, 0);
  end();
}

static void chown_once(long nr, const char *event, const char *path, unsigned uid, unsigned gid) {
  long res = SYS(nr, path, uid, gid);
  expect(event, "res=%ld path=%s uid=%u gid=%u", res, text(path), uid, gid);
}

static void chown_by_path(long nr, const char *event) {
  chown_once(nr, event, "file", NOBODY, NOBODY + 1);
  chown_once(nr, event, "file", UINT_MAX, 0);
  chown_once(nr, event, "no/such", 0, UINT_MAX);
  chown_once(nr, event, "", 1, 2);
  chown_once(nr, event, unreadable, 1, 2);
  chown_once(nr, event, long_path, 1, 2);
}

static void fchown_once(long fd, unsigned uid, unsigned gid) {
  long res = SYS(SYS_fchown, fd, uid, gid);
  expect("SYSCALL_FCHOWN_X", "res=%ld fd=%ld uid=%u gid=%u", res, fd, uid, gid);
}

static void fchownat_once(long dir, const char *path, unsigned uid, unsigned gid, int flags,
                          unsigned expected) {
  long res = SYS(SYS_fchownat, dir, path, uid, gid, flags);
  expect("SYSCALL_FCHOWNAT_X", "res=%ld dirfd=%ld pathname=%s uid=%u gid=%u flags=%u", res,
         portable_dir(dir), text(path), uid, gid, expected);
}

static void run_chown(void) {
  long fd = make_file();
  long dir = must(SYS(SYS_open, ".", O_RDONLY | O_DIRECTORY), "open .");
  begin();
  chown_by_path(SYS_chown, "SYSCALL_CHOWN_X");
  chown_by_path(SYS_lchown, "SYSCALL_LCHOWN_X");
  fchown_once(fd, NOBODY, 0);
  fchown_once(fd, UINT_MAX, UINT_MAX);
  fchown_once(BAD_FD, 5, 6);
  fchown_once(-1, 0, 0);
  fchownat_once(dir, "file", 7, 8, 0, 0);
  fchownat_once(fd, "", 7, UINT_MAX, AT_EMPTY_PATH, fchownat_flags__AT_EMPTY_PATH);
  /* Falco shows the (refused) AT_SYMLINK_FOLLOW under the name of AT_SYMLINK_NOFOLLOW, which it drops */
  fchownat_once(AT_FDCWD, "file", 9, 10, AT_SYMLINK_NOFOLLOW, 0);
  fchownat_once(AT_FDCWD, "file", 9, 10, AT_SYMLINK_FOLLOW,
                fchownat_flags__AT_SYMLINK_NOFOLLOW);
  fchownat_once(BAD_FD, "file", 1, 2, 0, 0);
  fchownat_once(dir, unreadable, 1, 2, 0, 0);
  fchownat_once(-1, long_path, 1, 2, 0, 0);
  end();
}

const struct test_case owner_cases[] = {
    {"chmod", run_chmod},
    {"chown", run_chown},
    {NULL, NULL},
};
