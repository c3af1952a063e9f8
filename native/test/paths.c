/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that make, move and remove directory entries, and those that change directory. */
#include "trigger.h"

#include <linux/fs.h>
#include <sys/sysmacros.h>

static void make_file(const char *path) {
  close((int)must(SYS(SYS_open, path, O_CREAT | O_WRONLY, 0600), path));
}

static void make_dir(const char *path) { must(SYS(SYS_mkdir, path, 0755), path); }

static long portable_dir(long dir) { return dir == AT_FDCWD ? PORTABLE_AT_FDCWD : dir; }

/* Two-path calls: the pairs that each of them is made with. */
static const char *const moves[][2] = {
    {"from", "to"},         {"no/such", "to"},     {"a name with blanks\n", "other\xff"},
    {"", "to"},             {NULL, "to"},          {"from", NULL},
};
#define MOVES (sizeof(moves) / sizeof(moves[0]))
static const char *pointer(const char *path) { return path == NULL ? unreadable : path; }

static void two_paths(long nr, const char *event, const char *first, const char *second) {
  for (size_t i = 0; i < MOVES + 2; i++) {
    const char *from = i < MOVES ? pointer(moves[i][0]) : i == MOVES ? long_path : "from";
    const char *to = i < MOVES ? pointer(moves[i][1]) : i == MOVES ? "to" : long_path;
    long res = SYS(nr, from, to);
    must(i == 0 ? res : 0, event);
    expect(event, "res=%ld %s=%s %s=%s", res, first, text(from), second, text(to));
  }
}

static void run_rename(void) {
  make_file("from");
  begin();
  two_paths(SYS_rename, "SYSCALL_RENAME_X", "oldpath", "newpath");
  end();
}

static void run_link(void) {
  make_file("from");
  begin();
  two_paths(SYS_link, "SYSCALL_LINK_2_X", "oldpath", "newpath");
  end();
}

static void run_symlink(void) {
  begin();
  two_paths(SYS_symlink, "SYSCALL_SYMLINK_X", "target", "linkpath");
  end();
}

struct at_move {
  long old_dir;
  const char *from;
  long new_dir;
  const char *to;
  int flags;
  unsigned expected;
};

static void at_move(long nr, const char *event, const char *const names[4], bool with_flags,
                    const struct at_move *m) {
  const char *from = pointer(m->from);
  const char *to = pointer(m->to);
  long res = SYS(nr, m->old_dir, from, m->new_dir, to, m->flags);
  const char *flags = with_flags ? format(" flags=%u", m->expected) : "";
  expect(event, "res=%ld %s=%ld %s=%s %s=%ld %s=%s%s", res, names[0], portable_dir(m->old_dir),
         names[1], text(from), names[2], portable_dir(m->new_dir), names[3], text(to), flags);
}

static void run_renameat(void) {
  static const char *const names[] = {"olddirfd", "oldpath", "newdirfd", "newpath"};
  make_file("from");
  make_file("other");
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  const struct at_move calls[] = {
      {AT_FDCWD, "from", sub, "to", 0, 0},
      {sub, "to", AT_FDCWD, "/no/such/dir/to", 0, 0},
      {BAD_FD, "from", -1, "to", 0, 0},
      {AT_FDCWD, NULL, AT_FDCWD, NULL, 0, 0},
      {AT_FDCWD, long_path, sub, "to", 0, 0},
  };
  /* renameat2 keeps the kernel's own flags, also unknown ones */
  const struct at_move calls2[] = {
      {sub, "to", AT_FDCWD, "to", RENAME_NOREPLACE, renameat2_flags__RENAME_NOREPLACE},
      {AT_FDCWD, "to", AT_FDCWD, "other", RENAME_EXCHANGE, renameat2_flags__RENAME_EXCHANGE},
      {AT_FDCWD, "to", AT_FDCWD, "other", RENAME_NOREPLACE, renameat2_flags__RENAME_NOREPLACE},
      {AT_FDCWD, "to", AT_FDCWD, "other", 0x100, 0x100},
      {BAD_FD, NULL, AT_FDCWD, long_path, 0, 0},
  };
  begin();
  for (size_t i = 0; i < 5; i++) {
    at_move(SYS_renameat, "SYSCALL_RENAMEAT_X", names, false, &calls[i]);
    at_move(SYS_renameat2, "SYSCALL_RENAMEAT2_X", names, true, &calls2[i]);
  }
  end();
}

static void run_linkat(void) {
  static const char *const names[] = {"olddir", "oldpath", "newdir", "newpath"};
  make_file("from");
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  long from = must(SYS(SYS_open, "from", O_RDONLY), "open from");
  const struct at_move calls[] = {
      {AT_FDCWD, "from", sub, "to", AT_SYMLINK_FOLLOW, linkat_flags__AT_SYMLINK_FOLLOW},
      {from, "", sub, "empty", AT_EMPTY_PATH, linkat_flags__AT_EMPTY_PATH},
      {AT_FDCWD, "from", sub, "to", 0, 0},
      {BAD_FD, "from", sub, NULL, 1, 0},
      {AT_FDCWD, NULL, -1, long_path, 0, 0},
  };
  begin();
  for (size_t i = 0; i < 5; i++) {
    at_move(SYS_linkat, "SYSCALL_LINKAT_2_X", names, true, &calls[i]);
  }
  end();
}

static void symlinkat_once(const char *target, long dir, const char *path) {
  long res = SYS(SYS_symlinkat, target, dir, path);
  expect("SYSCALL_SYMLINKAT_X", "res=%ld target=%s linkdirfd=%ld linkpath=%s", res, text(target),
         portable_dir(dir), text(path));
}

static void run_symlinkat(void) {
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  begin();
  symlinkat_once("/etc/shadow", sub, "link");
  symlinkat_once("target", AT_FDCWD, "link");
  symlinkat_once("target", AT_FDCWD, "link");
  symlinkat_once("", BAD_FD, "link");
  symlinkat_once(unreadable, sub, unreadable);
  symlinkat_once(long_path, -1, long_path);
  end();
}

/* Calls with one path and nothing else. */
static void one_path(long nr, const char *event, const char *parameter, const char *good) {
  const char *const paths[] = {good, "no/such", "a b\x7f%", "", unreadable, long_path};
  for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
    long res = SYS(nr, paths[i]);
    must(i == 0 ? res : 0, event);
    expect(event, "res=%ld %s=%s", res, parameter, text(paths[i]));
  }
}

static void run_unlink(void) {
  make_file("gone");
  begin();
  one_path(SYS_unlink, "SYSCALL_UNLINK_2_X", "path", "gone");
  end();
}

static void run_rmdir(void) {
  make_dir("gone");
  begin();
  one_path(SYS_rmdir, "SYSCALL_RMDIR_2_X", "path", "./gone");
  end();
}

static void unlinkat_once(long dir, const char *path, int flags, unsigned expected) {
  long res = SYS(SYS_unlinkat, dir, path, flags);
  expect("SYSCALL_UNLINKAT_2_X", "res=%ld dirfd=%ld name=%s flags=%u", res, portable_dir(dir),
         text(path), expected);
}

static void run_unlinkat(void) {
  make_dir("sub");
  make_dir("sub/dir");
  make_file("sub/file");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  begin();
  unlinkat_once(sub, "file", 0, 0);
  unlinkat_once(AT_FDCWD, "sub/dir", AT_REMOVEDIR, unlinkat_flags__AT_REMOVEDIR);
  unlinkat_once(sub, "file", 0, 0);
  unlinkat_once(BAD_FD, "file", 0x1000, 0);
  unlinkat_once(-1, unreadable, AT_REMOVEDIR, unlinkat_flags__AT_REMOVEDIR);
  unlinkat_once(sub, long_path, 0, 0);
  end();
}

static void mkdir_once(const char *path, unsigned mode) {
  long res = SYS(SYS_mkdir, path, mode);
  expect("SYSCALL_MKDIR_2_X", "res=%ld path=%s mode=%u", res, text(path), mode);
}

static void mkdirat_once(long dir, const char *path, unsigned mode) {
  long res = SYS(SYS_mkdirat, dir, path, mode);
  expect("SYSCALL_MKDIRAT_X", "res=%ld dirfd=%ld path=%s mode=%u", res, portable_dir(dir),
         text(path), mode);
}

/* The modes are the kernel's own. */
static void run_mkdir(void) {
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  begin();
  mkdir_once("made", 0750);
  mkdir_once("made", 01777);
  mkdir_once("no/such", 0700);
  mkdir_once(unreadable, 0700);
  mkdir_once(long_path, 0700);
  mkdirat_once(sub, "made", 0711);
  mkdirat_once(AT_FDCWD, "sub/two", 0700);
  mkdirat_once(sub, "made", 0177777);
  mkdirat_once(BAD_FD, "made", 0700);
  mkdirat_once(AT_FDCWD, unreadable, 0700);
  mkdirat_once(-1, long_path, 0);
  end();
}

/* Falco takes the argument for a kernel dev_t and encodes it once more. */
static unsigned portable_dev(unsigned dev) {
  unsigned major = dev >> 20;
  unsigned minor = dev & 0xfffff;
  return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

static void mknod_once(const char *path, unsigned mode, unsigned dev, unsigned expected) {
  long res = SYS(SYS_mknod, path, mode, dev);
  expect("SYSCALL_MKNOD_X", "res=%ld path=%s mode=%u dev=%u", res, text(path), expected,
         portable_dev(dev));
}

static void mknodat_once(long dir, const char *path, unsigned mode, unsigned dev,
                         unsigned expected) {
  long res = SYS(SYS_mknodat, dir, path, mode, dev);
  expect("SYSCALL_MKNODAT_X", "res=%ld dirfd=%ld path=%s mode=%u dev=%u", res, portable_dir(dir),
         text(path), expected, portable_dev(dev));
}

static void run_mknod(void) {
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  begin();
  mknod_once("fifo", S_IFIFO | 0640, 0, mknod_mode__S_IFIFO | 0640);
  mknod_once("null", S_IFCHR | 0666, makedev(1, 3), mknod_mode__S_IFCHR | 0666);
  mknod_once("plain", 04755, 0, mknod_mode__S_IFREG | 04755);
  mknod_once("null", S_IFBLK | 0600, 61440, mknod_mode__S_IFBLK | 0600);
  mknod_once("dir", S_IFDIR | 0700, 0, 0700);
  mknod_once(unreadable, S_IFSOCK | 0700, 0, mknod_mode__S_IFSOCK | 0700);
  mknod_once(long_path, S_IFREG | 0700, 0, mknod_mode__S_IFREG | 0700);
  mknodat_once(sub, "fifo", S_IFIFO | 0640, 0, mknod_mode__S_IFIFO | 0640);
  mknodat_once(AT_FDCWD, "sub/zero", S_IFCHR | 0666, makedev(1, 5), mknod_mode__S_IFCHR | 0666);
  mknodat_once(sub, "fifo", S_IFBLK | 0600, 0x12345678, mknod_mode__S_IFBLK | 0600);
  mknodat_once(BAD_FD, "fifo", S_IFIFO, 0, mknod_mode__S_IFIFO);
  mknodat_once(-1, unreadable, S_IFREG, 0, mknod_mode__S_IFREG);
  mknodat_once(AT_FDCWD, long_path, S_IFREG, 0, mknod_mode__S_IFREG);
  end();
}

static void run_chdir(void) {
  make_dir("sub");
  long sub = must(SYS(SYS_open, "sub", O_RDONLY | O_DIRECTORY), "open sub");
  begin();
  one_path(SYS_chdir, "SYSCALL_CHDIR_X", "path", "sub");
  long res = SYS(SYS_fchdir, sub);
  expect("SYSCALL_FCHDIR_X", "res=%ld fd=%ld", must(res, "fchdir"), sub);
  res = SYS(SYS_fchdir, BAD_FD);
  expect("SYSCALL_FCHDIR_X", "res=%ld fd=%d", res, BAD_FD);
  res = SYS(SYS_fchdir, -1);
  expect("SYSCALL_FCHDIR_X", "res=%ld fd=-1", res);
  end();
}

static void run_chroot(void) {
  make_dir("root");
  begin();
  one_path(SYS_chroot, "SYSCALL_CHROOT_X", "path", "root");
  end();
}

static void chroot_case(void) { in_child(run_chroot); }

const struct test_case path_cases[] = {
    {"rename", run_rename},     {"renameat", run_renameat},   {"link", run_link},
    {"linkat", run_linkat},     {"symlink", run_symlink},     {"symlinkat", run_symlinkat},
    {"unlink", run_unlink},     {"unlinkat", run_unlinkat},   {"rmdir", run_rmdir},
    {"mkdir", run_mkdir},       {"mknod", run_mknod},         {"chdir", run_chdir},
    {"chroot", chroot_case},    {NULL, NULL},
};
