/* SPDX-License-Identifier: Apache-2.0 */
/* close, dup, fcntl, and the calls that make fds without a path: pipes, event fds and the like. */
#include "trigger.h"

#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

#define F(name) file_flags__##name
#define CLOSE_RANGE_UNSHARE_FLAG 2
#define CLOSE_RANGE_CLOEXEC_FLAG 4
#define PIDFD_NONBLOCK_FLAG O_NONBLOCK

static long some_fd(void) { return must(SYS(SYS_open, ".", O_RDONLY), "open ."); }

static void run_close(void) {
  long fd = some_fd();
  begin();
  long res = SYS(SYS_close, fd);
  expect("SYSCALL_CLOSE_X", "res=%ld fd=%ld", res, fd);
  res = SYS(SYS_close, fd);
  expect("SYSCALL_CLOSE_X", "res=%ld fd=%ld", res, fd);
  res = SYS(SYS_close, -7);
  expect("SYSCALL_CLOSE_X", "res=%ld fd=-7", res);
  end();
}

static void close_range_once(unsigned first, unsigned last, unsigned flags, unsigned expected) {
  long res = SYS(SYS_close_range, first, last, flags);
  expect("SYSCALL_CLOSE_RANGE_X", "res=%ld first=%u last=%u flags=%u", res, first, last, expected);
}

static void run_close_range(void) {
  begin();
  close_range_once(900, 1000, 0, 0);
  close_range_once(900, UINT_MAX, CLOSE_RANGE_CLOEXEC_FLAG,
                   close_range_flags__CLOSE_RANGE_CLOEXEC);
  close_range_once(900, 901, CLOSE_RANGE_UNSHARE_FLAG, close_range_flags__CLOSE_RANGE_UNSHARE);
  close_range_once(10, 9, 0, 0);
  close_range_once(900, 901, 64, 0);
  end();
}

static void run_dup(void) {
  long fd = some_fd();
  begin();
  long res = SYS(SYS_dup, fd);
  expect("SYSCALL_DUP_1_X", "res=%ld oldfd=%ld", must(res, "dup"), fd);
  res = SYS(SYS_dup, BAD_FD);
  expect("SYSCALL_DUP_1_X", "res=%ld oldfd=%d", res, BAD_FD);
  res = SYS(SYS_dup, -1);
  expect("SYSCALL_DUP_1_X", "res=%ld oldfd=-1", res);
  res = SYS(SYS_dup2, fd, 77);
  expect("SYSCALL_DUP2_X", "res=%ld oldfd=%ld newfd=77", must(res, "dup2"), fd);
  res = SYS(SYS_dup2, fd, fd);
  expect("SYSCALL_DUP2_X", "res=%ld oldfd=%ld newfd=%ld", must(res, "dup2"), fd, fd);
  res = SYS(SYS_dup2, BAD_FD, 78);
  expect("SYSCALL_DUP2_X", "res=%ld oldfd=%d newfd=78", res, BAD_FD);
  res = SYS(SYS_dup2, fd, -1);
  expect("SYSCALL_DUP2_X", "res=%ld oldfd=%ld newfd=-1", res, fd);
  res = SYS(SYS_dup3, fd, 79, O_CLOEXEC);
  expect("SYSCALL_DUP3_X", "res=%ld oldfd=%ld newfd=79 flags=%u", must(res, "dup3"), fd,
         F(O_CLOEXEC));
  res = SYS(SYS_dup3, fd, 80, 0);
  expect("SYSCALL_DUP3_X", "res=%ld oldfd=%ld newfd=80 flags=0", must(res, "dup3"), fd);
  res = SYS(SYS_dup3, fd, fd, O_CLOEXEC);
  expect("SYSCALL_DUP3_X", "res=%ld oldfd=%ld newfd=%ld flags=%u", res, fd, fd, F(O_CLOEXEC));
  end();
}

static void fcntl_once(long fd, int command, unsigned expected, uint64_t argument) {
  long res = SYS(SYS_fcntl, fd, command, argument);
  expect("SYSCALL_FCNTL_X", "res=%ld fd=%ld cmd=%u arg=%lu", res, fd, expected,
         (unsigned long)argument);
}

static void run_fcntl(void) {
  struct flock lock = {.l_type = F_WRLCK};
  long fd = some_fd();
  begin();
  fcntl_once(fd, F_DUPFD, fcntl_commands__F_DUPFD, 90);
  fcntl_once(fd, F_DUPFD_CLOEXEC, fcntl_commands__F_DUPFD_CLOEXEC, 91);
  fcntl_once(fd, F_GETFD, fcntl_commands__F_GETFD, 0);
  fcntl_once(fd, F_SETFD, fcntl_commands__F_SETFD, FD_CLOEXEC);
  fcntl_once(fd, F_GETFL, fcntl_commands__F_GETFL, 0);
  fcntl_once(fd, F_SETFL, fcntl_commands__F_SETFL, O_NONBLOCK);
  fcntl_once(fd, F_GETLK, fcntl_commands__F_GETLK, (uint64_t)(uintptr_t)&lock);
  fcntl_once(fd, F_GETOWN, fcntl_commands__F_GETOWN, 0);
  fcntl_once(BAD_FD, F_DUPFD, fcntl_commands__F_DUPFD, 3);
  fcntl_once(fd, F_SETLK, fcntl_commands__F_SETLK, (uint64_t)(uintptr_t)unreadable);
  fcntl_once(fd, 9999, fcntl_commands__UNKNOWN, 5);
  end();
}

static unsigned long inode_of(int fd) {
  struct stat st;
  must(fstat(fd, &st) < 0 ? -errno : 0, "fstat");
  return (unsigned long)st.st_ino;
}

static void run_pipe(void) {
  int fds[2] = {-1, -1};
  begin();
  long res = SYS(SYS_pipe, fds);
  expect("SYSCALL_PIPE_X", "res=%ld fd1=%d fd2=%d ino=%lu", must(res, "pipe"), fds[0], fds[1],
         inode_of(fds[0]));
  res = SYS(SYS_pipe, unreadable);
  expect("SYSCALL_PIPE_X", "res=%ld fd1=-1 fd2=-1 ino=0", res);
  res = SYS(SYS_pipe2, fds, O_CLOEXEC | O_NONBLOCK | O_DIRECT);
  expect("SYSCALL_PIPE2_X", "res=%ld fd1=%d fd2=%d ino=%lu flags=%u", must(res, "pipe2"), fds[0],
         fds[1], inode_of(fds[0]), F(O_CLOEXEC) | F(O_NONBLOCK) | F(O_DIRECT));
  res = SYS(SYS_pipe2, unreadable, O_CLOEXEC);
  expect("SYSCALL_PIPE2_X", "res=%ld fd1=-1 fd2=-1 ino=0 flags=%u", res, F(O_CLOEXEC));
  /* the numbers come from the caller's memory, which a failed call leaves as it was */
  fds[0] = 55;
  fds[1] = 56;
  res = SYS(SYS_pipe2, fds, -1);
  expect("SYSCALL_PIPE2_X", "res=%ld fd1=55 fd2=56 ino=0 flags=0", res);
  end();
}

static void exhaust_fds(void) {
  struct {
    unsigned long current, maximum;
  } limit = {0, 1024};
  must(SYS(SYS_prlimit64, 0, 7 /* RLIMIT_NOFILE */, &limit, NULL), "prlimit64");
}

static void run_eventfd(void) {
  begin();
  long res = SYS(SYS_eventfd, 3);
  expect("SYSCALL_EVENTFD_X", "res=%ld initval=3 flags=0", must(res, "eventfd"));
  res = SYS(SYS_eventfd2, 7, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
  expect("SYSCALL_EVENTFD2_X", "res=%ld flags=%u initval=7", must(res, "eventfd2"),
         F(O_CLOEXEC) | F(O_NONBLOCK));
  res = SYS(SYS_eventfd2, 8, -1);
  expect("SYSCALL_EVENTFD2_X", "res=%ld flags=0 initval=8", res);
  exhaust_fds();
  res = SYS(SYS_eventfd, 4);
  expect("SYSCALL_EVENTFD_X", "res=%ld initval=4 flags=0", res);
  end();
}

static void run_signalfd(void) {
  uint64_t mask = 1 << 9;
  begin();
  long fd = SYS(SYS_signalfd, -1, &mask, sizeof(mask));
  expect("SYSCALL_SIGNALFD_X", "res=%ld fd=-1 mask=0 flags=0", must(fd, "signalfd"));
  long res = SYS(SYS_signalfd, fd, &mask, sizeof(mask));
  expect("SYSCALL_SIGNALFD_X", "res=%ld fd=%ld mask=0 flags=0", must(res, "signalfd"), fd);
  res = SYS(SYS_signalfd, BAD_FD, &mask, sizeof(mask));
  expect("SYSCALL_SIGNALFD_X", "res=%ld fd=%d mask=0 flags=0", res, BAD_FD);
  res = SYS(SYS_signalfd4, -1, &mask, sizeof(mask), SFD_CLOEXEC | SFD_NONBLOCK);
  expect("SYSCALL_SIGNALFD4_X", "res=%ld flags=%u fd=-1 mask=0", must(res, "signalfd4"),
         F(O_CLOEXEC) | F(O_NONBLOCK));
  res = SYS(SYS_signalfd4, -1, unreadable, sizeof(mask), SFD_CLOEXEC);
  expect("SYSCALL_SIGNALFD4_X", "res=%ld flags=%u fd=-1 mask=0", res, F(O_CLOEXEC));
  end();
}

static void run_timerfd_create(void) {
  begin();
  long res = SYS(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
  expect("SYSCALL_TIMERFD_CREATE_X", "res=%ld clockid=1 flags=0", must(res, "timerfd_create"));
  res = SYS(SYS_timerfd_create, CLOCK_REALTIME, TFD_NONBLOCK);
  expect("SYSCALL_TIMERFD_CREATE_X", "res=%ld clockid=0 flags=%u", must(res, "timerfd_create"),
         F(O_NONBLOCK));
  res = SYS(SYS_timerfd_create, 99, 0);
  expect("SYSCALL_TIMERFD_CREATE_X", "res=%ld clockid=99 flags=0", res);
  res = SYS(SYS_timerfd_create, CLOCK_MONOTONIC, -1);
  expect("SYSCALL_TIMERFD_CREATE_X", "res=%ld clockid=1 flags=0", res);
  end();
}

static void run_inotify_init(void) {
  begin();
  long res = SYS(SYS_inotify_init);
  expect("SYSCALL_INOTIFY_INIT_X", "res=%ld flags=0", must(res, "inotify_init"));
  res = SYS(SYS_inotify_init1, IN_CLOEXEC | IN_NONBLOCK);
  expect("SYSCALL_INOTIFY_INIT1_X", "res=%ld flags=%u", must(res, "inotify_init1"),
         F(O_CLOEXEC) | F(O_NONBLOCK));
  res = SYS(SYS_inotify_init1, -1);
  expect("SYSCALL_INOTIFY_INIT1_X", "res=%ld flags=0", res);
  exhaust_fds();
  res = SYS(SYS_inotify_init);
  expect("SYSCALL_INOTIFY_INIT_X", "res=%ld flags=0", res);
  end();
}

static void run_epoll_create(void) {
  begin();
  long res = SYS(SYS_epoll_create, 17);
  expect("SYSCALL_EPOLL_CREATE_X", "res=%ld size=17", must(res, "epoll_create"));
  res = SYS(SYS_epoll_create, -2);
  expect("SYSCALL_EPOLL_CREATE_X", "res=%ld size=-2", res);
  res = SYS(SYS_epoll_create1, EPOLL_CLOEXEC);
  expect("SYSCALL_EPOLL_CREATE1_X", "res=%ld flags=%u", must(res, "epoll_create1"),
         epoll_create1_flags__EPOLL_CLOEXEC);
  res = SYS(SYS_epoll_create1, 1);
  expect("SYSCALL_EPOLL_CREATE1_X", "res=%ld flags=0", res);
  end();
}

/* The table names features 0..10, but Falco never sets ENTER_EXT_ARG; the kernel may set more. */
#define KNOWN_FEATURES (0x7ffu & ~io_uring_setup_feats__IORING_FEAT_ENTER_EXT_ARG)

static void run_io_uring_setup(void) {
  struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP,
                                   .cq_entries = 16,
                                   .sq_thread_idle = 250};
  begin();
  long res = must(SYS(SYS_io_uring_setup, 4, &params), "io_uring_setup");
  expect("SYSCALL_IO_URING_SETUP_X",
         "res=%ld entries=4 sq_entries=%u cq_entries=%u flags=%u sq_thread_cpu=0 "
         "sq_thread_idle=250 features=%u",
         res, params.sq_entries, params.cq_entries,
         io_uring_setup_flags__IORING_SETUP_CQSIZE | io_uring_setup_flags__IORING_SETUP_CLAMP,
         params.features & KNOWN_FEATURES);
  struct io_uring_params bad = {.flags = 1u << 31, .sq_thread_cpu = 3, .sq_thread_idle = 9};
  res = SYS(SYS_io_uring_setup, 0, &bad);
  expect("SYSCALL_IO_URING_SETUP_X",
         "res=%ld entries=0 sq_entries=0 cq_entries=0 flags=0 sq_thread_cpu=3 sq_thread_idle=9 "
         "features=0",
         res);
  res = SYS(SYS_io_uring_setup, 8, unreadable);
  expect("SYSCALL_IO_URING_SETUP_X",
         "res=%ld entries=8 sq_entries=0 cq_entries=0 flags=0 sq_thread_cpu=0 sq_thread_idle=0 "
         "features=0",
         res);
  end();
}

/* Declared with the names of the file flags, but the record has the kernel's own bits. */
static void run_userfaultfd(void) {
  begin();
  long res = SYS(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
  expect("SYSCALL_USERFAULTFD_X", "res=%ld flags=%u", must(res, "userfaultfd"),
         (unsigned)(O_CLOEXEC | O_NONBLOCK));
  res = SYS(SYS_userfaultfd, 0x40000000);
  expect("SYSCALL_USERFAULTFD_X", "res=%ld flags=%u", res, 0x40000000u);
  end();
}

static void run_memfd_create(void) {
  begin();
  long res = SYS(SYS_memfd_create, "in memory", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  expect("SYSCALL_MEMFD_CREATE_X", "fd=%ld name=%s flags=%u", must(res, "memfd_create"),
         text("in memory"),
         memfd_create_flags__MFD_CLOEXEC | memfd_create_flags__MFD_ALLOW_SEALING);
  res = SYS(SYS_memfd_create, "", 0);
  expect("SYSCALL_MEMFD_CREATE_X", "fd=%ld name= flags=0", must(res, "memfd_create"));
  res = SYS(SYS_memfd_create, unreadable, MFD_HUGETLB);
  expect("SYSCALL_MEMFD_CREATE_X", "fd=%ld name=- flags=%u", res, memfd_create_flags__MFD_HUGETLB);
  res = SYS(SYS_memfd_create, long_path, 0);
  expect("SYSCALL_MEMFD_CREATE_X", "fd=%ld name=%s flags=0", res, text(long_path));
  end();
}

static void run_pidfd(void) {
  begin();
  long pidfd = SYS(SYS_pidfd_open, main_tid, PIDFD_NONBLOCK_FLAG);
  expect("SYSCALL_PIDFD_OPEN_X", "fd=%ld pid=%d flags=%u", must(pidfd, "pidfd_open"), main_tid,
         pidfd_open_flags__PIDFD_NONBLOCK);
  long res = SYS(SYS_pidfd_open, -3, 0);
  expect("SYSCALL_PIDFD_OPEN_X", "fd=%ld pid=-3 flags=0", res);
  res = SYS(SYS_pidfd_getfd, pidfd, 1, 0);
  expect("SYSCALL_PIDFD_GETFD_X", "fd=%ld pid_fd=%ld target_fd=1 flags=0",
         must(res, "pidfd_getfd"), pidfd);
  res = SYS(SYS_pidfd_getfd, pidfd, BAD_FD, 0);
  expect("SYSCALL_PIDFD_GETFD_X", "fd=%ld pid_fd=%ld target_fd=%d flags=0", res, pidfd, BAD_FD);
  res = SYS(SYS_pidfd_getfd, -1, 0, 5);
  expect("SYSCALL_PIDFD_GETFD_X", "fd=%ld pid_fd=-1 target_fd=0 flags=5", res);
  end();
}

static void eventfd_case(void) { in_child(run_eventfd); }
static void inotify_case(void) { in_child(run_inotify_init); }

const struct test_case fd_cases[] = {
    {"close", run_close},
    {"close_range", run_close_range},
    {"dup", run_dup},
    {"fcntl", run_fcntl},
    {"pipe", run_pipe},
    {"eventfd", eventfd_case},
    {"signalfd", run_signalfd},
    {"timerfd_create", run_timerfd_create},
    {"inotify_init", inotify_case},
    {"epoll_create", run_epoll_create},
    {"io_uring_setup", run_io_uring_setup},
    {"userfaultfd", run_userfaultfd},
    {"memfd_create", run_memfd_create},
    {"pidfd", run_pidfd},
    {NULL, NULL},
};
