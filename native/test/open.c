/* SPDX-License-Identifier: Apache-2.0 */
/* open, openat, openat2, creat, open_by_handle_at. */
#include "trigger.h"

#include <linux/openat2.h>

/* The kernel's own value: on 64 bits libc has 0. */
#define KERNEL_O_LARGEFILE 0100000

#define F(name) file_flags__##name
#define M(name) chmod_mode__##name

/* dev and ino of an open file; of a failed call both are 0. */
static const char *dev_ino(long fd) {
  struct stat st = {0};
  if (fd >= 0) {
    must(fstat((int)fd, &st) < 0 ? -errno : 0, "fstat");
  }
  return format("dev=%u ino=%lu", (unsigned)st.st_dev, (unsigned long)st.st_ino);
}

/* name, kernel flags and mode of one call, and what the record must say. */
struct open_call {
  const char *name;
  unsigned flags, mode;
  unsigned expected_flags, expected_mode;
};

static struct open_call calls[] = {
    {"made", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640,
     F(O_RDWR) | F(O_CREAT) | F(O_EXCL) | F(O_CLOEXEC) | F(O_F_CREATED),
     M(S_IRUSR) | M(S_IWUSR) | M(S_IRGRP)},
    /* it exists now: not created by this call */
    {"made", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 07777,
     F(O_WRONLY) | F(O_CREAT) | F(O_TRUNC) | F(O_APPEND), 07777},
    /* without O_CREAT or O_TMPFILE the mode says nothing */
    {"./made", O_RDONLY | O_NONBLOCK | KERNEL_O_LARGEFILE, 0777,
     F(O_RDONLY) | F(O_NONBLOCK) | F(O_LARGEFILE), 0},
    /* O_SYNC contains O_DSYNC, and any of its bits shows as O_SYNC */
    {"made", O_WRONLY | O_DSYNC, 0, F(O_WRONLY) | F(O_DSYNC) | F(O_SYNC), 0},
    {"made", O_WRONLY | O_SYNC, 0, F(O_WRONLY) | F(O_DSYNC) | F(O_SYNC), 0},
    /* the same for O_TMPFILE, which contains O_DIRECTORY */
    {".", O_RDONLY | O_DIRECTORY, 0, F(O_RDONLY) | F(O_DIRECTORY) | F(O_TMPFILE), 0},
    {".", O_RDWR | O_TMPFILE, 0600, F(O_RDWR) | F(O_DIRECTORY) | F(O_TMPFILE),
     M(S_IRUSR) | M(S_IWUSR)},
    /* failures: the name and the flags are still there */
    {"made", O_RDWR | O_CREAT | O_EXCL, 0600, F(O_RDWR) | F(O_CREAT) | F(O_EXCL), 0600},
    {"no/such/file", O_RDONLY, 0, F(O_RDONLY), 0},
    {"name with blank \xff\xc3\x28 \x01", O_RDONLY, 0, F(O_RDONLY), 0},
    {"", O_RDONLY, 0, F(O_RDONLY), 0},
    {NULL, O_RDONLY, 0, F(O_RDONLY), 0}, /* an unreadable pointer */
    {NULL, O_RDONLY, 0, F(O_RDONLY), 0}, /* a name that is too long */
};
#define CALLS (sizeof(calls) / sizeof(calls[0]))

static void fill_pointers(void) {
  calls[CALLS - 2].name = unreadable;
  calls[CALLS - 1].name = long_path;
}

static void run_open(void) {
  fill_pointers();
  begin();
  for (size_t i = 0; i < CALLS; i++) {
    const struct open_call *c = &calls[i];
    long fd = SYS(SYS_open, c->name, c->flags, c->mode);
    expect("SYSCALL_OPEN_X", "fd=%ld name=%s flags=%u mode=%u %s", fd, text(c->name),
           c->expected_flags, c->expected_mode, dev_ino(fd));
    if (fd >= 0) {
      SYS(SYS_close, fd);
    }
  }
  end();
}

static void openat_once(long dir, long expected_dir, const struct open_call *c) {
  long fd = SYS(SYS_openat, dir, c->name, c->flags, c->mode);
  expect("SYSCALL_OPENAT_2_X", "fd=%ld dirfd=%ld name=%s flags=%u mode=%u %s", fd, expected_dir,
         text(c->name), c->expected_flags, c->expected_mode, dev_ino(fd));
  if (fd >= 0) {
    SYS(SYS_close, fd);
  }
}

static void run_openat(void) {
  static const struct open_call plain = {"made", O_RDONLY, 0, F(O_RDONLY), 0};
  static char absolute[128];
  static struct open_call by_absolute = {absolute, O_RDONLY, 0, F(O_RDONLY), 0};
  fill_pointers();
  snprintf(absolute, sizeof(absolute), "%s/made", work_dir);
  long dir = must(SYS(SYS_open, ".", O_PATH | O_DIRECTORY), "open .");
  begin();
  for (size_t i = 0; i < CALLS; i++) {
    openat_once(AT_FDCWD, PORTABLE_AT_FDCWD, &calls[i]);
  }
  openat_once(dir, dir, &plain);
  openat_once(dir, dir, &by_absolute);
  openat_once(BAD_FD, BAD_FD, &plain);
  openat_once(-1, -1, &plain);
  end();
}

static void openat2_once(long dir, long expected_dir, const char *name, struct open_how *how,
                         unsigned flags, unsigned mode, unsigned resolve) {
  long fd = SYS(SYS_openat2, dir, name, how, sizeof(*how));
  expect("SYSCALL_OPENAT2_X", "fd=%ld dirfd=%ld name=%s flags=%u mode=%u resolve=%u %s", fd,
         expected_dir, text(name), flags, mode, resolve, dev_ino(fd));
  if (fd >= 0) {
    SYS(SYS_close, fd);
  }
}

static void run_openat2(void) {
  struct open_how create = {O_RDWR | O_CREAT | O_CLOEXEC, 0640, RESOLVE_BENEATH};
  unsigned created = F(O_RDWR) | F(O_CREAT) | F(O_CLOEXEC);
  struct open_how all = {O_RDONLY, 0,
                         RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS |
                             RESOLVE_IN_ROOT};
  unsigned all_resolve = openat2_flags__RESOLVE_NO_XDEV | openat2_flags__RESOLVE_NO_MAGICLINKS |
                         openat2_flags__RESOLVE_NO_SYMLINKS | openat2_flags__RESOLVE_IN_ROOT;
  struct open_how cached = {O_RDONLY, 0, RESOLVE_CACHED};
  struct open_how bad = {O_WRONLY, 0, 1ULL << 40};
  long dir = must(SYS(SYS_open, ".", O_PATH | O_DIRECTORY), "open .");
  begin();
  openat2_once(AT_FDCWD, PORTABLE_AT_FDCWD, "two", &create, created | F(O_F_CREATED), 0640,
               openat2_flags__RESOLVE_BENEATH);
  openat2_once(dir, dir, "two", &create, created, 0640, openat2_flags__RESOLVE_BENEATH);
  openat2_once(dir, dir, "/two", &all, F(O_RDONLY), 0, all_resolve);
  openat2_once(dir, dir, "two", &cached, F(O_RDONLY), 0, openat2_flags__RESOLVE_CACHED);
  openat2_once(dir, dir, "../two", &create, created, 0640, openat2_flags__RESOLVE_BENEATH);
  openat2_once(dir, dir, "two", &bad, F(O_WRONLY), 0, 0);
  openat2_once(BAD_FD, BAD_FD, "two", &all, F(O_RDONLY), 0, all_resolve);
  openat2_once(dir, dir, unreadable, &all, F(O_RDONLY), 0, all_resolve);
  openat2_once(dir, dir, long_path, &all, F(O_RDONLY), 0, all_resolve);
  openat2_once(dir, dir, "two", (struct open_how *)unreadable, F(O_RDONLY), 0, 0);
  end();
}

static void creat_once(const char *name, unsigned mode) {
  long fd = SYS(SYS_creat, name, mode);
  expect("SYSCALL_CREAT_X", "fd=%ld name=%s mode=%u %s creat_flags=0", fd, text(name), mode,
         dev_ino(fd));
  if (fd >= 0) {
    SYS(SYS_close, fd);
  }
}

static void run_creat(void) {
  begin();
  creat_once("created", 0644);
  creat_once("created", 04711);
  creat_once("no/such/file", 0600);
  creat_once(".", 0);
  creat_once(unreadable, 0600);
  creat_once(long_path, 0600);
  end();
}

static void run_open_by_handle_at(void) {
  struct {
    struct file_handle head;
    char data[MAX_HANDLE_SZ];
  } handle = {.head = {.handle_bytes = MAX_HANDLE_SZ}};
  struct {
    struct file_handle head;
    char data[8];
  } wrong = {.head = {.handle_bytes = 8, .handle_type = 12345}};
  char path[128];
  int mount_id;
  snprintf(path, sizeof(path), "%s/dir/handled", work_dir);
  must(mkdir("dir", 0755) < 0 ? -errno : 0, "mkdir");
  close((int)must(SYS(SYS_creat, path, 0600), "creat"));
  must(name_to_handle_at(AT_FDCWD, path, &handle.head, &mount_id, 0) < 0 ? -errno : 0,
       "name_to_handle_at");
  long dir = must(SYS(SYS_open, ".", O_RDONLY | O_DIRECTORY), "open .");
  begin();
  long fd = SYS(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDWR | O_CLOEXEC);
  expect("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd=%ld mountfd=%d flags=%u path=%s %s",
         must(fd, "open_by_handle_at"), PORTABLE_AT_FDCWD, F(O_RDWR) | F(O_CLOEXEC), text(path),
         dev_ino(fd));
  fd = SYS(SYS_open_by_handle_at, dir, &handle, O_RDONLY);
  expect("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd=%ld mountfd=%ld flags=%u path=%s %s",
         must(fd, "open_by_handle_at"), dir, F(O_RDONLY), text(path), dev_ino(fd));
  fd = SYS(SYS_open_by_handle_at, BAD_FD, &handle, O_RDONLY);
  expect("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd=%ld mountfd=%d flags=%u path=- %s", fd, BAD_FD,
         F(O_RDONLY), dev_ino(fd));
  fd = SYS(SYS_open_by_handle_at, dir, &wrong, O_WRONLY);
  expect("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd=%ld mountfd=%ld flags=%u path=- %s", fd, dir,
         F(O_WRONLY), dev_ino(fd));
  fd = SYS(SYS_open_by_handle_at, dir, unreadable, O_RDONLY);
  expect("SYSCALL_OPEN_BY_HANDLE_AT_X", "fd=%ld mountfd=%ld flags=%u path=- %s", fd, dir,
         F(O_RDONLY), dev_ino(fd));
  end();
}

const struct test_case open_cases[] = {
    {"open", run_open},
    {"openat", run_openat},
    {"openat2", run_openat2},
    {"creat", run_creat},
    {"open_by_handle_at", run_open_by_handle_at},
    {NULL, NULL},
};
