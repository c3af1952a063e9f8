/* SPDX-License-Identifier: Apache-2.0 */
/* A process with thousands of threads, of which the oldest always makes room for a new one. */
#define _GNU_SOURCE
#include "soak.h"

#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STACK (32 << 10)

struct slot {
  pthread_t thread;
  uint32_t ended;
};

static void *wait_for_end(void *argument)
{
  struct slot *slot = argument;

  while (__atomic_load_n(&slot->ended, __ATOMIC_ACQUIRE) == 0) {
    syscall(SYS_futex, &slot->ended, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
  }
  return NULL;
}

static void end(struct slot *slot)
{
  __atomic_store_n(&slot->ended, 1, __ATOMIC_RELEASE);
  syscall(SYS_futex, &slot->ended, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
  pthread_join(slot->thread, NULL);
}

void thread_window(double until, uint32_t total, uint32_t alive)
{
  struct slot *slots = calloc(alive, sizeof(*slots));
  char *stacks = mmap(NULL, (size_t)alive * STACK, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  double from = now();
  pthread_attr_t attributes;

  if (slots == NULL || stacks == MAP_FAILED) {
    fail("no memory for %u threads", alive);
  }
  pthread_attr_init(&attributes);
  for (uint32_t i = 0; i < total; i++) {
    struct slot *slot = &slots[i % alive];

    if (i >= alive) {
      end(slot);
      slot->ended = 0;
    }
    pthread_attr_setstack(&attributes, stacks + (size_t)(i % alive) * STACK, STACK);
    int error = pthread_create(&slot->thread, &attributes, wait_for_end, slot);
    if (error != 0) {
      fail("thread %u of %u: %s", i, total, strerror(error));
    }
    if (i < alive) {
      __atomic_add_fetch(&counts->window, 1, __ATOMIC_RELAXED);
    }
    __atomic_add_fetch(&counts->threads, 1, __ATOMIC_RELAXED);
    pace(from, until, i, total);
  }
}
