/* SPDX-License-Identifier: Apache-2.0 */
/* The load of `make soak`: what its parts share. */
#ifndef SOAK_H
#define SOAK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Counted by all processes of the load. */
struct counts {
  uint64_t processes;
  uint64_t threads;
  uint64_t paths;
  uint32_t window; /* threads that are alive at once */
};

extern struct counts *counts;
/* Path of this program, which it executes itself. */
extern const char *self;
/* Directory for files, which the harness removes. */
extern const char *work;

/* Ends the whole load with a message. */
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);
/* The result of a system call that must not fail. */
long must(long result, const char *what);
/* Seconds of a clock that only goes on. */
double now(void);
/* Sleeps until step `done` of `all`, which are spread evenly over the time from `from` to `to`. */
void pace(double from, double to, uint64_t done, uint64_t all);
/* Waits for ever: processes that stay until the harness ends them. */
__attribute__((noreturn)) void stay(void);
/* Becomes this program waiting for ever (`stay`) or ending at once (`leaf`). */
__attribute__((noreturn)) void become(const char *what);
/* fork(), in which nobody waits for children of others. */
pid_t new_process(void);
/* Waits for this child. */
void reap(pid_t pid);

/* One of the loops: short-lived processes of many kinds, so many a second. */
void process_loop(unsigned number, double until, unsigned rate);
/* Opens so many files of different names. */
void open_paths(double until, uint64_t paths);
/* Makes threads, of which so many are alive at once, and at the end too. */
void thread_window(double until, uint32_t total, uint32_t alive);
/* Leaves processes of all kinds alive. */
void leave_survivors(void);

#endif
