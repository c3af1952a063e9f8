/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes one system call after the other and says which event records the kernel side must have
 * produced for them. Output, after all calls of a case, one line for each expected record, in the
 * order of the records of that thread:
 *
 *   EVENT_CONSTANT tid=<tid> PARAM=VALUE PARAM=VALUE ...
 *
 * with every parameter of the event in table order. Values:
 *
 *   -                          missing (length 0)
 *   -17                        number, in the parameter's own signedness
 *   >5  >=0  3..9              number within bounds; * any number
 *   a%20b                      text and buffers: blank, %, control, non-ASCII bytes and a leading
 *                              - or * are percent-encoded; an empty text is an empty value
 *   inet:127.0.0.1:80          socket address; inet6:[::1]:80; unix:/path
 *   inet:127.0.0.1:9>1.2.3.4:80  socket tuple, source first; inet6 alike; unix:*>0:/path with *
 *                              for a kernel pointer and 0 for none
 *   2;3:1;-1:0                 list of fds: how many, then each with its flags
 *   2:17                       dynamic: index in the event's table, then the value
 *
 * Only records between a thread's begin() and end() count (from its first, to its last, when it
 * calls neither), and only those of types that the thread has lines for: of these there must be
 * exactly as many as lines.
 */
#pragma once

#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "events.gen.h"

/* fds that no process has: close() of them marks places in the stream. */
#define MARK_BEGIN 0x7a000001
#define MARK_END 0x7a000002
#define MARK_DONE 0x7a000003

/* How much of a buffer the kernel side keeps by default. */
#define SNAPLEN 80
/* Longest text that a path parameter keeps, without its NUL. */
#define PATH_KEPT 4095
/* Falco's number for AT_FDCWD. */
#define PORTABLE_AT_FDCWD -100
/* An fd that is never open. */
#define BAD_FD 4711
/* A user and group that own nothing. */
#define NOBODY 61234

struct test_case {
  const char *name;
  void (*run)(void);
};

/* One table for each family; all end with an entry without a name. */
extern const struct test_case open_cases[], fd_cases[], path_cases[], owner_cases[],
    socket_cases[], message_cases[], batch_cases[], option_cases[], clone_cases[], exec_cases[],
    exit_cases[], identity_cases[], system_cases[], memory_cases[], wait_cases[], data_cases[],
    query_cases[], admin_cases[], generic_cases[], tracepoint_cases[], ia32_cases[],
    exec32_cases[], snaplen_cases[];

/* A system call without libc in between: the kernel's own return value, -errno on failure. */
static inline long raw_syscall(long nr, long a, long b, long c, long d, long e, long f) {
  long ret;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(ret)
                   : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return ret;
}
#define SYS0(n) raw_syscall(n, 0, 0, 0, 0, 0, 0)
#define SYS1(n, a) raw_syscall(n, (long)(a), 0, 0, 0, 0, 0)
#define SYS2(n, a, b) raw_syscall(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define SYS3(n, a, b, c) raw_syscall(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define SYS4(n, a, b, c, d) raw_syscall(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define SYS5(n, a, b, c, d, e) \
  raw_syscall(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define SYS6(n, a, b, c, d, e, f) \
  raw_syscall(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define SYS_PICK(n, a, b, c, d, e, f, name, ...) name
#define SYS(...) SYS_PICK(__VA_ARGS__, SYS6, SYS5, SYS4, SYS3, SYS2, SYS1, SYS0)(__VA_ARGS__)

/* Whether this kernel does 32-bit calls; without, their cases are not listed. */
bool ia32_is_possible(void);
bool program_of_32bit_is_there(void);
/* execve by a 32-bit call; at most 15 texts each. */
long ia32_execve(const char *path, char *const *argv, char *const *env);

/* The case's own directory: an empty tmpfs, also the working directory. */
extern char work_dir[64];
/* Thread id of the process that main() runs in. */
extern pid_t main_tid;
/* A pointer that cannot be read, and a path that is too long. */
extern char *unreadable, *long_path;

/* Starts and ends the part of this thread's records that counts. begin() also makes all constants
 * of the program resident, so that the kernel side can read them without a page fault. */
void begin(void);
void end(void);

/* Adds a line for the calling thread, or for another one; the format holds the parameters. */
void expect(const char *event, const char *format, ...) __attribute__((format(printf, 2, 3)));
void expect_of(pid_t tid, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Encodes text (NULL: missing) or bytes (none: missing) for a line; valid until the next line. */
const char *text(const char *value);
const char *text_start(const char *value, size_t length);
const char *bytes(const void *value, size_t length);
/* printf into the same memory, not encoded. */
const char *format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the program with a message when a step of the set-up failed (negative value). */
long must(long result, const char *step);

/* Zeroed memory that children share with their parents. */
void *shared_memory(size_t size);

/* Runs a function in a forked child and waits for it; the child must end with _exit(0) or return. */
void in_child(void (*run)(void));
/* Waits for a child and returns its wait status. */
int wait_for(pid_t child);

/* What can be known about the calling process, for exec and clone events. */
struct self {
  char exe[4096];
  char args[8192];
  size_t args_length;
  char comm[16];
  char cgroups[8192];
  size_t cgroups_length;
  unsigned long fd_limit, vm_size_kb;
  unsigned uid, gid, tty, login_uid;
  pid_t tid, pid, pgid;
  uint64_t cap_inheritable, cap_permitted, cap_effective;
};
void read_self(struct self *self);
void read_capabilities(struct self *self);
/* exe_ino, exe_ino_ctime and exe_ino_mtime of a file. */
const char *exe_inode(const char *path);
/* Copies this program into a file; run with TRIGGER_QUIT in argv[0] it writes its comm to COMM_FD
 * and ends. */
void copy_program(int out);
void install_quit(const char *path, mode_t mode);
#define QUIT "TRIGGER_QUIT"
#define COMM_FD 198
/* exe to cgroups, which clone and exec events begin with. */
const char *process_params(const struct self *self, bool with_args, pid_t ptid, const char *vm_size);
unsigned long monotonic_ns(void);
/* The pid, in this namespace, of the only child of a process. */
pid_t only_child_of(pid_t parent);
