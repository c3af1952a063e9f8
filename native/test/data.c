/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes of all kinds, and what moves data without a buffer. */
#include "trigger.h"

#include <sys/uio.h>

/* Longer than what is kept of it. */
static char content[200];

static const char *kept(const void *data, long length) {
  return bytes(data, length < SNAPLEN ? (size_t)length : SNAPLEN);
}

static long new_file(void) {
  for (size_t i = 0; i < sizeof(content); i++) {
    content[i] = (char)('a' + i % 26);
  }
  long fd = must(SYS(SYS_open, "data", O_CREAT | O_RDWR | O_TRUNC, 0600), "open");
  must(SYS(SYS_pwrite64, fd, content, sizeof(content), 0), "pwrite64");
  return fd;
}

static void read_once(long fd, void *buffer, size_t size) {
  long res = SYS(SYS_read, fd, buffer, size);
  expect("SYSCALL_READ_X", "res=%ld data=%s fd=%ld size=%zu", res, kept(buffer, res > 0 ? res : 0),
         fd, size);
}

static void pread_once(long fd, void *buffer, size_t size, long position) {
  long res = SYS(SYS_pread64, fd, buffer, size, position);
  expect("SYSCALL_PREAD_X", "res=%ld data=%s fd=%ld size=%zu pos=%lu", res,
         kept(buffer, res > 0 ? res : 0), fd, size, (unsigned long)position);
}

static void run_read(void) {
  char buffer[300];
  long fd = new_file();
  begin();
  read_once(fd, buffer, 10);
  read_once(fd, buffer, sizeof(buffer));
  read_once(fd, buffer, 10);
  read_once(BAD_FD, buffer, 10);
  read_once(-1, unreadable, 7);
  pread_once(fd, buffer, 20, 30);
  pread_once(fd, buffer, 300, 0);
  pread_once(fd, buffer, 5, 1000);
  pread_once(fd, buffer, 5, -1);
  end();
}

static void write_once(long fd, const void *data, size_t size) {
  long res = SYS(SYS_write, fd, data, size);
  long readable = data == unreadable ? 0 : res > 0 ? res : (long)size;
  expect("SYSCALL_WRITE_X", "res=%ld data=%s fd=%ld size=%zu", res, kept(data, readable), fd, size);
}

static void pwrite_once(long fd, const void *data, size_t size, long position) {
  long res = SYS(SYS_pwrite64, fd, data, size, position);
  long readable = data == unreadable ? 0 : res > 0 ? res : (long)size;
  expect("SYSCALL_PWRITE_X", "res=%ld data=%s fd=%ld size=%zu pos=%lu", res, kept(data, readable),
         fd, size, (unsigned long)position);
}

static void run_write(void) {
  char binary[] = {0, 1, (char)0xff, '%'};
  long fd = new_file();
  begin();
  write_once(fd, binary, sizeof(binary));
  write_once(fd, content, sizeof(content));
  write_once(fd, content, 0);
  write_once(BAD_FD, content, 12);
  write_once(fd, unreadable, 12);
  pwrite_once(fd, content, 100, 50);
  pwrite_once(fd, binary, 2, -1);
  pwrite_once(BAD_FD, unreadable, 2, 3);
  end();
}

/* Two buffers, of 3 and 100 bytes. */
static struct iovec parts[2];
static char first[3];
static char second[100];

static void set_parts(void) {
  memset(first, 'x', sizeof(first));
  memset(second, 'y', sizeof(second));
  parts[0] = (struct iovec){first, sizeof(first)};
  parts[1] = (struct iovec){second, sizeof(second)};
}

static const char *gathered(long length) {
  char all[sizeof(first) + sizeof(second)];
  memcpy(all, first, sizeof(first));
  memcpy(all + sizeof(first), second, sizeof(second));
  return kept(all, length);
}

static void readv_once(long fd, const struct iovec *vector, int count, long position) {
  bool positioned = position != LONG_MIN;
  long res = positioned ? SYS(SYS_preadv, fd, vector, count, position, 0)
                        : SYS(SYS_readv, fd, vector, count);
  const char *shown = format("res=%ld size=%ld data=%s fd=%ld", res, res > 0 ? res : 0,
                             gathered(res > 0 ? res : 0), fd);
  if (positioned) {
    expect("SYSCALL_PREADV_X", "%s pos=%lu", shown, (unsigned long)position);
  } else {
    expect("SYSCALL_READV_X", "%s", shown);
  }
}

static void run_readv(void) {
  long fd = new_file();
  set_parts();
  begin();
  readv_once(fd, parts, 2, LONG_MIN);
  readv_once(BAD_FD, parts, 2, LONG_MIN);
  readv_once(fd, (struct iovec *)unreadable, 2, LONG_MIN);
  readv_once(fd, parts, 2, 190);
  readv_once(fd, parts, 2, 1000);
  readv_once(fd, parts, 2, -1);
  end();
}

static void writev_once(long fd, const struct iovec *vector, int count, long position) {
  bool positioned = position != LONG_MIN;
  long res = positioned ? SYS(SYS_pwritev, fd, vector, count, position, 0)
                        : SYS(SYS_writev, fd, vector, count);
  bool readable = (char *)vector != unreadable;
  long size = readable ? (long)(sizeof(first) + sizeof(second)) : 0;
  const char *shown =
      format("res=%ld data=%s fd=%ld size=%ld", res, gathered(res > 0 ? res : size), fd, size);
  if (positioned) {
    expect("SYSCALL_PWRITEV_X", "%s pos=%lu", shown, (unsigned long)position);
  } else {
    expect("SYSCALL_WRITEV_X", "%s", shown);
  }
}

static void run_writev(void) {
  long fd = new_file();
  set_parts();
  begin();
  writev_once(fd, parts, 2, LONG_MIN);
  writev_once(BAD_FD, parts, 2, LONG_MIN);
  writev_once(fd, (struct iovec *)unreadable, 2, LONG_MIN);
  writev_once(fd, parts, 2, 10);
  writev_once(fd, parts, 2, -1);
  end();
}

static void process_vm_once(const char *event, long number, pid_t pid, char *other) {
  struct iovec remote = {other, sizeof(first) + sizeof(second)};
  long res = SYS(number, pid, parts, 2, &remote, 1, 0);
  expect(event, "res=%ld pid=%d data=%s", res, pid, gathered(res > 0 ? res : 0));
}

static void run_process_vm(void) {
  static char other[200];
  memset(other, 'o', sizeof(other));
  set_parts();
  begin();
  process_vm_once("SYSCALL_PROCESS_VM_READV_X", SYS_process_vm_readv, getpid(), other);
  process_vm_once("SYSCALL_PROCESS_VM_READV_X", SYS_process_vm_readv, getpid(), unreadable);
  process_vm_once("SYSCALL_PROCESS_VM_WRITEV_X", SYS_process_vm_writev, getpid(), other);
  process_vm_once("SYSCALL_PROCESS_VM_WRITEV_X", SYS_process_vm_writev, -1, other);
  end();
}

static void sendfile_once(long out, long in, off_t *offset, size_t size) {
  long res = SYS(SYS_sendfile, out, in, offset, size);
  bool shown = offset != NULL && (char *)offset != unreadable;
  expect("SYSCALL_SENDFILE_X", "res=%ld offset=%ld out_fd=%ld in_fd=%ld size=%zu", res,
         shown ? (long)*offset : 0, out, in, size);
}

/* The offsets are pointers; Falco shows them as they are. */
static void copy_once(long in, long out, size_t size) {
  static loff_t offset;
  offset = 5;
  long res = SYS(SYS_copy_file_range, in, &offset, out, NULL, size, 0);
  expect("SYSCALL_COPY_FILE_RANGE_X", "res=%ld fdout=%ld offout=0 fdin=%ld offin=%lu len=%zu", res,
         out, in, (unsigned long)&offset, size);
}

static void splice_once(long in, long out, size_t size, unsigned flags, unsigned shown) {
  long res = SYS(SYS_splice, in, NULL, out, NULL, size, flags);
  expect("SYSCALL_SPLICE_X", "res=%ld fd_in=%ld fd_out=%ld size=%zu flags=%u", res, in, out, size,
         shown);
}

static void run_transfers(void) {
  long in = new_file();
  long out = must(SYS(SYS_open, "copy", O_CREAT | O_RDWR, 0600), "open");
  int ends[2];
  off_t offset = 7;
  must(SYS(SYS_pipe, ends), "pipe");
  begin();
  sendfile_once(out, in, &offset, 20);
  sendfile_once(out, in, NULL, 30);
  sendfile_once(out, BAD_FD, &offset, 5);
  sendfile_once(-1, in, (off_t *)unreadable, 5);
  copy_once(in, out, 11);
  copy_once(BAD_FD, out, 11);
  splice_once(in, ends[1], 10, SPLICE_F_MOVE | SPLICE_F_NONBLOCK,
              splice_flags__SPLICE_F_MOVE | splice_flags__SPLICE_F_NONBLOCK);
  splice_once(ends[0], BAD_FD, 10, SPLICE_F_MORE | SPLICE_F_GIFT,
              splice_flags__SPLICE_F_MORE | splice_flags__SPLICE_F_GIFT);
  end();
}

const struct test_case data_cases[] = {
    {"read", run_read},
    {"write", run_write},
    {"readv", run_readv},
    {"writev", run_writev},
    {"process_vm", run_process_vm},
    {"transfers", run_transfers},
    {NULL, NULL},
};
