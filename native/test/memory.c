/* SPDX-License-Identifier: Apache-2.0 */
/* brk, mmap, munmap, mprotect, and the locking of memory. */
#include "trigger.h"

#include <sys/mman.h>

#define PAGE 4096L

/* Size of the address space: the first number of statm counts pages. */
static unsigned long space_kb(void) {
  char line[128] = "";
  long fd = must(SYS(SYS_open, "/proc/self/statm", O_RDONLY), "open statm");
  must(SYS(SYS_read, fd, line, sizeof(line) - 1), "read statm");
  SYS(SYS_close, fd);
  return strtoul(line, NULL, 10) * 4;
}

static const char *sizes(void) {
  return format("vm_size=%lu vm_rss=>0 vm_swap=>=0", space_kb());
}

static long brk_once(long address) {
  long res = SYS(SYS_brk, address);
  expect("SYSCALL_BRK_4_X", "res=%lu %s addr=%lu", (unsigned long)res, sizes(),
         (unsigned long)address);
  return res;
}

static void run_brk(void) {
  begin();
  long end_of_data = brk_once(0);
  brk_once(end_of_data + 3 * PAGE);
  brk_once(end_of_data);
  brk_once(1); /* not possible: the old end is returned */
  end();
}

static long mmap_once(long address, long length, int protection, int flags, long fd, long offset,
                      unsigned shown_protection, unsigned shown_flags) {
  long res = SYS(SYS_mmap, address, length, protection, flags, fd, offset);
  expect("SYSCALL_MMAP_X",
         "res=%ld %s addr=%lu length=%lu prot=%u flags=%u fd=%ld offset=%lu", res, sizes(),
         (unsigned long)address, (unsigned long)length, shown_protection, shown_flags, fd,
         (unsigned long)offset);
  return res;
}

static void munmap_once(long address, long length) {
  long res = SYS(SYS_munmap, address, length);
  expect("SYSCALL_MUNMAP_X", "res=%ld %s addr=%lu length=%lu", res, sizes(),
         (unsigned long)address, (unsigned long)length);
}

#define M(name) mmap_flags__##name
#define P(name) prot_flags__PROT_##name

static void run_mmap(void) {
  long file = must(SYS(SYS_open, "mapped", O_CREAT | O_RDWR, 0600), "open");
  must(SYS(SYS_ftruncate, file, 4 * PAGE), "ftruncate");
  begin();
  long at = must(mmap_once(0, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0,
                           P(READ) | P(WRITE), M(MAP_PRIVATE) | M(MAP_ANONYMOUS)),
                 "mmap");
  mmap_once(at, PAGE, PROT_EXEC, MAP_SHARED | MAP_FIXED | MAP_POPULATE, file, PAGE, P(EXEC),
            M(MAP_SHARED) | M(MAP_FIXED) | M(MAP_POPULATE));
  mmap_once(0, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT | MAP_NORESERVE |
            MAP_GROWSDOWN | MAP_DENYWRITE | MAP_EXECUTABLE | MAP_LOCKED | MAP_NONBLOCK | 0x80, -1,
            0, 0,
            M(MAP_PRIVATE) | M(MAP_ANONYMOUS) | M(MAP_32BIT) | M(MAP_NORESERVE) |
                M(MAP_GROWSDOWN) | M(MAP_DENYWRITE) | M(MAP_EXECUTABLE) | M(MAP_LOCKED) |
                M(MAP_NONBLOCK));
  mmap_once(0, PAGE, PROT_READ, MAP_SHARED, BAD_FD, 0, P(READ), M(MAP_SHARED));
  mmap_once(3, 0, PROT_READ | PROT_GROWSUP | 8, 0, -1, 7, P(READ) | P(GROWSUP) | P(SEM), 0);
  munmap_once(at, 8 * PAGE);
  munmap_once(at + 1, PAGE);
  munmap_once(at, 0);
  end();
}

static void mprotect_once(long address, long length, int protection, unsigned shown) {
  long res = SYS(SYS_mprotect, address, length, protection);
  expect("SYSCALL_MPROTECT_X", "res=%ld addr=%lu length=%lu prot=%u", res, (unsigned long)address,
         (unsigned long)length, shown);
}

static void lock_once(const char *event, long number, long address, long length) {
  long res = SYS(number, address, length);
  expect(event, "res=%ld addr=%lu len=%lu", res, (unsigned long)address, (unsigned long)length);
}

static void run_mprotect(void) {
  long at = must(SYS(SYS_mmap, 0, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), "mmap");
  begin();
  mprotect_once(at, PAGE, PROT_READ | PROT_WRITE, P(READ) | P(WRITE));
  mprotect_once(at, PAGE, PROT_READ | PROT_EXEC, P(READ) | P(EXEC));
  mprotect_once(at + 5, PAGE, PROT_GROWSDOWN, P(GROWSDOWN));
  lock_once("SYSCALL_MLOCK_X", SYS_mlock, at, PAGE);
  lock_once("SYSCALL_MLOCK_X", SYS_mlock, 0x1000, PAGE);
  lock_once("SYSCALL_MUNLOCK_X", SYS_munlock, at, PAGE);
  lock_once("SYSCALL_MUNLOCK_X", SYS_munlock, 0x1000, PAGE);
  long res = SYS(SYS_mlock2, at, PAGE, MLOCK_ONFAULT);
  expect("SYSCALL_MLOCK2_X", "res=%ld addr=%lu len=%lu flags=%u", must(res, "mlock2"),
         (unsigned long)at, PAGE, mlock2_flags__MLOCK_ONFAULT);
  res = SYS(SYS_mlock2, at, PAGE, 16);
  expect("SYSCALL_MLOCK2_X", "res=%ld addr=%lu len=%lu flags=0", res, (unsigned long)at, PAGE);
  res = SYS(SYS_mlockall, MCL_FUTURE | MCL_ONFAULT);
  expect("SYSCALL_MLOCKALL_X", "res=%ld flags=%u", must(res, "mlockall"),
         mlockall_flags__MCL_FUTURE | mlockall_flags__MCL_ONFAULT);
  res = SYS(SYS_munlockall);
  expect("SYSCALL_MUNLOCKALL_X", "res=%ld", must(res, "munlockall"));
  res = SYS(SYS_mlockall, 64);
  expect("SYSCALL_MLOCKALL_X", "res=%ld flags=0", res);
  end();
}

const struct test_case memory_cases[] = {
    {"brk", run_brk}, {"mmap", run_mmap}, {"mprotect", run_mprotect}, {NULL, NULL},
};
