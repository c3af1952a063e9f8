/* SPDX-License-Identifier: Apache-2.0 */
/* Processes of all kinds, each ending soon. */
#define _GNU_SOURCE
#include "soak.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void ends(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    _exit(0);
  }
  reap(pid);
}

static void executes(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    become("leaf");
  }
  reap(pid);
}

static void vfork_executes(void)
{
  char *const arguments[] = {"soak", "leaf", NULL};
  pid_t pid;

  __atomic_add_fetch(&counts->processes, 1, __ATOMIC_RELAXED);
  pid = vfork();
  if (pid == 0) {
    execv(self, arguments);
    _exit(1);
  }
  reap(must(pid, "vfork"));
}

static void vfork_ends(void)
{
  pid_t pid;

  __atomic_add_fetch(&counts->processes, 1, __ATOMIC_RELAXED);
  pid = vfork();
  if (pid == 0) {
    _exit(0);
  }
  reap(must(pid, "vfork"));
}

static void spawns(void)
{
  char *const arguments[] = {"soak", "leaf", NULL};
  pid_t pid;

  __atomic_add_fetch(&counts->processes, 1, __ATOMIC_RELAXED);
  if (posix_spawn(&pid, self, NULL, NULL, arguments, environ) == 0) {
    reap(pid);
  }
}

static void shares_files(void)
{
  pid_t pid;

  __atomic_add_fetch(&counts->processes, 1, __ATOMIC_RELAXED);
  pid = must(syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, NULL, NULL, 0), "clone");
  if (pid == 0) {
    close(must(open("/etc/hostname", O_RDONLY), "open"));
    _exit(0);
  }
  reap(pid);
}

/* The grandchild is an orphan, for init or for the loop itself where it is a subreaper. */
static void leaves_orphan(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    if (new_process() == 0) {
      usleep(2000);
      _exit(0);
    }
    _exit(0);
  }
  reap(pid);
}

static void *executes_leaf(void *unused)
{
  (void)unused;
  become("leaf");
}

static void *waits(void *unused)
{
  (void)unused;
  usleep(1000);
  return NULL;
}

static void add_thread(void *(*routine)(void *))
{
  pthread_t thread;

  __atomic_add_fetch(&counts->threads, 1, __ATOMIC_RELAXED);
  if (pthread_create(&thread, NULL, routine, NULL) != 0) {
    _exit(1);
  }
}

static void executes_in_thread(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    add_thread(waits);
    add_thread(waits);
    add_thread(executes_leaf);
    pause();
  }
  reap(pid);
}

static void ends_with_threads(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    add_thread(waits);
    add_thread(waits);
    _exit(0);
  }
  reap(pid);
}

/* The main thread is the first that ends. */
static void threads_outlive_main(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    add_thread(waits);
    syscall(SYS_exit, 0);
  }
  reap(pid);
}

static void in_namespace(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    if (unshare(CLONE_NEWPID) < 0) {
      _exit(0);
    }
    pid_t init = new_process();
    if (init == 0) {
      pid_t child = new_process();
      if (child == 0) {
        become("leaf");
      }
      reap(child);
      _exit(0);
    }
    reap(init);
    _exit(0);
  }
  reap(pid);
}

static void has_files(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    int ends[2];
    int file = open("/etc/hostname", O_RDONLY | O_CLOEXEC);
    dup2(file, 100);
    dup(file);
    if (pipe2(ends, O_CLOEXEC) == 0) {
      close(ends[0]);
    }
    socket(AF_INET, SOCK_STREAM, 0);
    fcntl(file, F_SETFD, 0);
    become("leaf");
  }
  reap(pid);
}

static void is_killed(void)
{
  pid_t pid = new_process();

  if (pid == 0) {
    stay();
  }
  kill(pid, SIGKILL);
  reap(pid);
}

static void (*const kinds[])(void) = {
    ends,          executes,           vfork_executes,    vfork_ends,
    spawns,        shares_files,       leaves_orphan,     executes_in_thread,
    in_namespace,  ends_with_threads,  has_files,         threads_outlive_main,
    is_killed,
};

void process_loop(unsigned number, double until, unsigned rate)
{
  double from = now();
  uint64_t done = 0;
  unsigned kind = number;

  if (number % 2) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
  }
  while (now() < until) {
    kinds[kind++ % (sizeof(kinds) / sizeof(kinds[0]))]();
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    pace(from, until, ++done, (until - from) * rate);
  }
  while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
  }
}
