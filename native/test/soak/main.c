/* SPDX-License-Identifier: Apache-2.0 */
/*
 * soak DIRECTORY SECONDS LOOPS RATE PATHS THREADS ALIVE: load for the state of a host. Prints "done
 * COUNTS" when everything has been made; what is alive then does nothing more, until standard input
 * is closed.
 */
#define _GNU_SOURCE
#include "soak.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREAD_PROCESSES 4

struct counts *counts;
const char *self = "/proc/self/exe";
const char *work;

void fail(const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  fprintf(stderr, "soak: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
  kill(0, SIGTERM);
  _exit(1);
}

long must(long result, const char *what)
{
  if (result < 0) {
    fail("%s: %s", what, strerror(errno));
  }
  return result;
}

double now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

void pace(double from, double to, uint64_t done, uint64_t all)
{
  double wait = from + (to - from) * done / all - now();

  if (wait > 0) {
    usleep(wait * 1e6);
  }
}

void stay(void)
{
  while (true) {
    pause();
  }
}

void become(const char *what)
{
  execl(self, "soak", what, NULL);
  _exit(1);
}

pid_t new_process(void)
{
  __atomic_add_fetch(&counts->processes, 1, __ATOMIC_RELAXED);
  return must(fork(), "fork");
}

void reap(pid_t pid)
{
  while (waitpid(pid, NULL, __WALL) < 0) {
    if (errno != EINTR) {
      fail("waitpid: %s", strerror(errno));
    }
  }
}

static pid_t start(void (*part)(double, unsigned, unsigned), double until, unsigned a, unsigned b)
{
  pid_t pid = must(fork(), "fork");

  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    part(until, a, b);
    _exit(0);
  }
  return pid;
}

static void loop(double until, unsigned number, unsigned rate)
{
  process_loop(number, until, rate);
}

static void paths(double until, unsigned count, unsigned unused)
{
  (void)unused;
  open_paths(until, count);
}

static void threads(double until, unsigned total, unsigned alive)
{
  thread_window(until, total, alive);
  stay();
}

int main(int argc, char **argv)
{
  if (argc == 2 && strcmp(argv[1], "leaf") == 0) {
    return 0;
  }
  if (argc == 2 && strcmp(argv[1], "stay") == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    stay();
  }
  if (argc != 8) {
    fprintf(stderr, "usage: soak DIRECTORY SECONDS LOOPS RATE PATHS THREADS ALIVE\n");
    return 2;
  }
  work = argv[1];
  setpgid(0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1); /* whatever happens, everything stays below this process */
  double until = now() + atof(argv[2]);
  unsigned loops = atoi(argv[3]);
  unsigned rate = atoi(argv[4]);
  unsigned total = atoi(argv[6]) / THREAD_PROCESSES;
  unsigned alive = atoi(argv[7]) / THREAD_PROCESSES;
  pid_t pids[64];
  char byte;

  counts = mmap(NULL, sizeof(*counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (unsigned i = 0; i < THREAD_PROCESSES; i++) {
    start(threads, until, total, alive);
  }
  for (unsigned i = 0; i < loops; i++) {
    pids[i] = start(loop, until, i, rate);
  }
  pids[loops] = start(paths, until, atoi(argv[5]), 0);
  for (unsigned left = loops + 1; left > 0;) {
    pid_t ended = must(waitpid(-1, NULL, 0), "waitpid");
    for (unsigned i = 0; i <= loops; i++) {
      left -= pids[i] == ended;
    }
  }
  while (__atomic_load_n(&counts->threads, __ATOMIC_RELAXED) < total * THREAD_PROCESSES) {
    usleep(10000);
  }
  leave_survivors();
  printf("done processes=%lu paths=%lu threads=%lu alive=%u\n", counts->processes, counts->paths,
         counts->threads, counts->window);
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {
  }
  kill(0, SIGKILL);
  return 0;
}
