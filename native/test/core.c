/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses and runs a case, collects its lines from all its processes, prints them. See trigger.h. */
#include "trigger.h"

#include <sched.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>

#define LINES_CAPACITY (8 << 20)
#define SCRATCH_CAPACITY (1 << 20)
#define TIME_LIMIT_SECONDS 20

static const struct test_case *const families[] = {
    open_cases,    fd_cases,      path_cases,  owner_cases, socket_cases,   message_cases,
    batch_cases,   option_cases,  clone_cases, exec_cases,  exit_cases,     identity_cases,
    system_cases,  memory_cases,  wait_cases,  data_cases,  query_cases,    admin_cases,
    generic_cases, tracepoint_cases, ia32_cases, exec32_cases,
    snaplen_cases,
};

/* Shared by all processes of a case; they take turns, so a plain length is enough. */
struct lines {
  size_t length;
  char text[LINES_CAPACITY];
};

static struct lines *lines;
static char *scratch;
static size_t scratch_used;

char work_dir[64];
pid_t main_tid;
char *unreadable;
char *long_path;

long must(long result, const char *step) {
  if (result < 0) {
    fprintf(stderr, "trigger: %s: %s\n", step, strerror((int)-result));
    exit(3);
  }
  return result;
}

static long from_errno(long result) { return result < 0 ? -errno : result; }

static void make_constants_resident(void) {
  extern const char __executable_start, _end;
  const volatile char *page = &__executable_start;
  for (; page < &_end; page += 4096) {
    (void)*page;
  }
  (void)*(volatile char *)long_path;
  (void)*(volatile char *)(long_path + 4096);
}

void begin(void) {
  make_constants_resident();
  SYS(SYS_close, MARK_BEGIN);
}

void end(void) { SYS(SYS_close, MARK_END); }

static void add_line(pid_t tid, const char *event, const char *pattern, va_list values) {
  char *at = lines->text + lines->length;
  size_t left = LINES_CAPACITY - lines->length;
  int head = snprintf(at, left, "%s tid=%d%s", event, tid, pattern[0] == '\0' ? "" : " ");
  int body = vsnprintf(at + head, left - (size_t)head, pattern, values);
  if ((size_t)(head + body) + 2 > left) {
    must(-ENOSPC, "more lines than expected");
  }
  at[head + body] = '\n';
  lines->length += (size_t)(head + body) + 1;
  scratch_used = 0;
}

void expect(const char *event, const char *pattern, ...) {
  va_list values;
  va_start(values, pattern);
  add_line((pid_t)SYS(SYS_gettid), event, pattern, values);
  va_end(values);
}

void expect_of(pid_t tid, const char *event, const char *pattern, ...) {
  va_list values;
  va_start(values, pattern);
  add_line(tid, event, pattern, values);
  va_end(values);
}

static char *scratch_space(size_t size) {
  if (scratch_used + size > SCRATCH_CAPACITY) {
    must(-ENOSPC, "one line has too much text");
  }
  char *space = scratch + scratch_used;
  scratch_used += size;
  return space;
}

static const char *encode(const unsigned char *value, size_t length) {
  static const char digits[] = "0123456789abcdef";
  char *result = scratch_space(length * 3 + 1);
  char *out = result;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = value[i];
    bool special = i == 0 && (c == '-' || c == '*' || c == '>');
    if (special || c <= ' ' || c >= 0x7f || c == '%') {
      *out++ = '%';
      *out++ = digits[c >> 4];
      *out++ = digits[c & 15];
    } else {
      *out++ = (char)c;
    }
  }
  *out = '\0';
  return result;
}

const char *text(const char *value) { return text_start(value, PATH_KEPT); }

const char *text_start(const char *value, size_t length) {
  if (value == NULL || value == unreadable) {
    return "-";
  }
  return encode((const unsigned char *)value, strnlen(value, length));
}

const char *bytes(const void *value, size_t length) {
  return length == 0 ? "-" : encode(value, length);
}

const char *format(const char *pattern, ...) {
  va_list values;
  va_start(values, pattern);
  size_t length = (size_t)vsnprintf(NULL, 0, pattern, values);
  va_end(values);
  char *space = scratch_space(length + 1);
  va_start(values, pattern);
  vsnprintf(space, length + 1, pattern, values);
  va_end(values);
  return space;
}

int wait_for(pid_t child) {
  int status = 0;
  must(from_errno(waitpid(child, &status, __WALL)), "waitpid");
  return status;
}

void in_child(void (*run)(void)) {
  pid_t child = fork();
  must(from_errno(child), "fork");
  if (child == 0) {
    run();
    _exit(0);
  }
  int status = wait_for(child);
  if (status != 0) {
    fprintf(stderr, "trigger: a child ended with wait status %d\n", status);
    exit(3);
  }
}

void *shared_memory(size_t size) {
  void *memory =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(memory == MAP_FAILED ? -errno : 0, "mmap");
  return memory;
}

static void prepare_memory(void) {
  lines = shared_memory(sizeof(*lines));
  scratch = malloc(SCRATCH_CAPACITY);
  unreadable = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(unreadable == MAP_FAILED ? -errno : 0, "mmap");
  long_path = malloc(PATH_MAX + 1001);
  memset(long_path, 'p', PATH_MAX + 1000);
  long_path[PATH_MAX + 1000] = '\0';
}

/* A private tmpfs: the same file system on every host, and nothing of a case is left behind. */
static void enter_work_dir(void) {
  strcpy(work_dir, "/tmp/trigger-XXXXXX");
  must(mkdtemp(work_dir) == NULL ? -errno : 0, "mkdtemp");
  must(from_errno(unshare(CLONE_NEWNS)), "unshare (are you root?)");
  must(from_errno(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)), "mount private");
  must(from_errno(mount("trigger", work_dir, "tmpfs", 0, "mode=0755")), "mount tmpfs");
  must(from_errno(chdir(work_dir)), "chdir");
}

/* Also after a failed step, but only for the process that made it. */
static void leave_work_dir(void) {
  if (getpid() == main_tid) {
    bool left = chdir("/") == 0 && umount2(work_dir, MNT_DETACH) == 0 && rmdir(work_dir) == 0;
    if (!left) {
      fprintf(stderr, "trigger: could not remove %s\n", work_dir);
    }
  }
}

static const struct test_case *find_case(const char *name) {
  for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
    bool of_32bit = families[i] == ia32_cases || families[i] == exec32_cases;
    if (of_32bit && !ia32_is_possible()) {
      continue;
    }
    if (families[i] == exec32_cases && !program_of_32bit_is_there()) {
      continue;
    }
    for (const struct test_case *c = families[i]; c->name != NULL; c++) {
      if (name == NULL) {
        puts(c->name);
      } else if (strcmp(c->name, name) == 0) {
        return c;
      }
    }
  }
  return NULL;
}

/* What the kernel called this program after an exec differs between versions: it says so itself. */
static int tell_comm(void) {
  char comm[32];
  int fd = open("/proc/self/comm", O_RDONLY);
  ssize_t length = read(fd, comm, sizeof(comm));
  return length > 0 && write(COMM_FD, comm, (size_t)length - 1) > 0 ? 0 : 9;
}

int main(int argc, char **argv) {
  if (argc > 0 && strstr(argv[0], QUIT) != NULL) {
    return tell_comm();
  }
  if (argc != 2) {
    fputs("usage: trigger --list | trigger CASE\n", stderr);
    return 2;
  }
  if (strcmp(argv[1], "--list") == 0) {
    find_case(NULL);
    return 0;
  }
  const struct test_case *chosen = find_case(argv[1]);
  if (chosen == NULL) {
    fprintf(stderr, "trigger: no case %s\n", argv[1]);
    return 2;
  }
  alarm(TIME_LIMIT_SECONDS);
  main_tid = getpid();
  umask(0);
  prepare_memory();
  enter_work_dir();
  atexit(leave_work_dir);
  chosen->run();
  SYS(SYS_close, MARK_DONE);
  fwrite(lines->text, 1, lines->length, stdout);
  return fflush(stdout) == 0 ? 0 : 3;
}
