/* SPDX-License-Identifier: Apache-2.0 */
/* execve and execveat. A successful one always makes an execve record, whichever call it was. */
#include "trigger.h"

#include <linux/futex.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>

/* How much an event keeps of exe with args, and of env. */
#define KEPT 4096

/* The process that calls exec, as it was just before. */
static struct self *caller;

/* NUL-terminated texts, one after the other, as far as they are kept; the last byte is a NUL. */
static const char *joined(char *const *texts, size_t kept) {
  static char all[32768];
  size_t length = 0;
  for (; *texts != NULL; texts++) {
    length += (size_t)sprintf(all + length, "%s", *texts) + 1;
  }
  if (length > kept) {
    length = kept;
    all[kept - 1] = '\0';
  }
  return bytes(all, length);
}

/* What differs from case to case. Of exe_path the inode is shown, of trusted the name. */
struct shown {
  long res;
  pid_t tid, ptid;
  char *const *argv;
  char *const *env;
  const char *comm, *exe_path, *trusted;
  unsigned flags;
  const char *filename; /* NULL: the event has none (execveat) */
};

static const char *exe_and_args(char *const *argv) {
  if (argv == NULL) {
    return "exe= args=-";
  }
  if (argv == (char *const *)unreadable) {
    return "exe=- args=-";
  }
  return format("exe=%s args=%s", text(argv[0]), joined(argv + 1, KEPT - strlen(argv[0]) - 1));
}

static void expect_exec(const char *event, const struct shown *s) {
  bool no_env = s->env == NULL || s->env == (char *const *)unreadable;
  const char *filename =
      s->filename == NULL ? "" : format(" filename=%s", text(s->filename));
  expect_of(s->tid, event,
            "res=%ld %s tid=%d pid=%d ptid=%d cwd=- fdlimit=%lu pgft_maj=>=0 pgft_min=>=0 "
            "vm_size=>0 vm_rss=>=0 vm_swap=>=0 comm=%s cgroups=%s env=%s tty=%u vpgid=%d "
            "loginuid=%u flags=%u cap_inheritable=%lu cap_permitted=%lu cap_effective=%lu %s "
            "uid=%u trusted_exepath=%s pgid=%d gid=%u%s",
            s->res, exe_and_args(s->argv), s->tid, s->tid, s->ptid, caller->fd_limit,
            text(s->comm), bytes(caller->cgroups, caller->cgroups_length),
            no_env ? "-" : joined(s->env, KEPT), caller->tty, caller->pgid, caller->login_uid,
            s->flags, (unsigned long)caller->cap_inheritable,
            (unsigned long)caller->cap_permitted, (unsigned long)caller->cap_effective,
            exe_inode(s->exe_path), caller->uid, text(s->trusted), caller->pgid, caller->gid,
            filename);
}

/* One successful exec in a child of its own. */
struct program {
  const char *path;    /* as given to the call; NULL: none, the fd alone */
  int dir;             /* of execveat */
  int flags;           /* of execveat */
  bool at;             /* execveat instead of execve */
  char *const *argv;
  char *const *env;
  void (*prepare)(void);
  /* what must show, where it differs */
  char *const *shown_argv;
  const char *filename, *exe_path, *trusted;
  unsigned shown_flags;
};

static void exec_or_die(const struct program *p) {
  if (p->prepare != NULL) {
    p->prepare();
  }
  read_self(caller);
  long res = p->at ? SYS(SYS_execveat, p->dir, p->path == NULL ? "" : p->path, p->argv, p->env,
                         p->flags)
                   : SYS(SYS_execve, p->path, p->argv, p->env);
  must(res, "exec");
}

/* The comm that the new program reports. */
static void open_comm_pipe(int *pipe_fds) {
  must(SYS(SYS_pipe, pipe_fds), "pipe");
  must(SYS(SYS_dup2, pipe_fds[1], COMM_FD), "dup2");
  SYS(SYS_close, pipe_fds[1]);
}

static void read_comm(int *pipe_fds, char *comm) {
  SYS(SYS_close, COMM_FD);
  long length = must(SYS(SYS_read, pipe_fds[0], comm, 31), "read comm");
  comm[length] = '\0';
  SYS(SYS_close, pipe_fds[0]);
}

static void exec_once(const struct program *p) {
  int fds[2];
  char comm[32];
  open_comm_pipe(fds);
  pid_t child = fork();
  if (child == 0) {
    exec_or_die(p);
  }
  must(child, "fork");
  read_comm(fds, comm);
  int status = wait_for(child);
  must(status == 0 ? 0 : -EPROTO, "the program after exec");
  struct shown shown = {
      .tid = child,
      .ptid = getpid(),
      .argv = p->shown_argv == NULL ? p->argv : p->shown_argv,
      .env = p->env,
      .comm = comm,
      .exe_path = p->exe_path == NULL ? p->trusted : p->exe_path,
      .trusted = p->trusted,
      .flags = p->shown_flags,
      .filename = p->filename == NULL ? p->path : p->filename,
  };
  expect_exec("SYSCALL_EXECVE_19_X", &shown);
}

#define WRITABLE execve_flags__EXE_WRITABLE
static char *const usual_argv[] = {QUIT, "one", "two words", "", "\xff%", NULL};
static char *const short_argv[] = {QUIT, NULL};
static char *const usual_env[] = {"A=1", "B=%41 x", "EMPTY=", NULL};
static char *const no_env[] = {NULL};
static char program_path[128];

static void prepare_program(void) {
  caller = shared_memory(sizeof(*caller));
  snprintf(program_path, sizeof(program_path), "%s/program-with-long-name", work_dir);
  install_quit(program_path, 0755);
}

static void run_execve(void) {
  static char many[5000];
  memset(many, 'm', sizeof(many) - 1);
  char *const long_argv[] = {QUIT, "first", many, "beyond", NULL};
  char *const long_env[] = {"FIRST=1", many, "BEYOND=1", NULL};
  prepare_program();
  must(symlink(program_path, "link") < 0 ? -errno : 0, "symlink");
  struct program p = {.path = program_path,
                      .trusted = program_path,
                      .argv = usual_argv,
                      .env = usual_env,
                      .shown_flags = WRITABLE};
  exec_once(&p);
  p.path = "./program-with-long-name";
  p.argv = short_argv;
  p.env = no_env;
  exec_once(&p);
  p.path = "link";
  p.env = NULL;
  exec_once(&p);
  p.argv = long_argv;
  p.env = long_env;
  exec_once(&p);
}

/* exe and args are the interpreter's, the filename is the script. */
static void run_execve_script(void) {
  prepare_program();
  char interpreter[160];
  snprintf(interpreter, sizeof(interpreter), "%s/%s", work_dir, QUIT);
  install_quit(interpreter, 0755);
  int fd = (int)must(SYS(SYS_open, "script", O_CREAT | O_WRONLY, 0755), "script");
  dprintf(fd, "#!%s an argument\n", interpreter);
  close(fd);
  char *const argv[] = {"ignored", "tail", NULL};
  char *const shown[] = {interpreter, "an argument", "./script", "tail", NULL};
  struct program p = {.path = "./script",
                      .trusted = interpreter,
                      .argv = argv,
                      .shown_argv = shown,
                      .env = usual_env,
                      .shown_flags = WRITABLE};
  exec_once(&p);
}

static void become_nobody(void) {
  must(SYS(SYS_setresgid, NOBODY + 1, NOBODY + 1, NOBODY + 1), "setresgid");
  must(SYS(SYS_setresuid, NOBODY, NOBODY, NOBODY), "setresuid");
}

/* A user who may not, may as one of all others, and may as the owner, write the program. */
static void run_execve_as_user(void) {
  prepare_program();
  struct program p = {.path = program_path,
                      .trusted = program_path,
                      .argv = usual_argv,
                      .env = usual_env,
                      .prepare = become_nobody};
  exec_once(&p);
  must(chmod(program_path, 0757) < 0 ? -errno : 0, "chmod");
  p.shown_flags = WRITABLE;
  exec_once(&p);
  must(chmod(program_path, 0555) < 0 ? -errno : 0, "chmod");
  must(chown(program_path, NOBODY, 0) < 0 ? -errno : 0, "chown");
  exec_once(&p);
}

/* A session of its own with a terminal: tty, pgid. */
static void take_terminal(void) {
  int master = (int)must(SYS(SYS_open, "/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC), "/dev/ptmx");
  int unlock = 0;
  must(ioctl(master, TIOCSPTLCK, &unlock) < 0 ? -errno : 0, "TIOCSPTLCK");
  must(SYS(SYS_setsid), "setsid");
  int terminal = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
  must(terminal < 0 ? -errno : 0, "TIOCGPTPEER");
  must(ioctl(terminal, TIOCSCTTY, 0) < 0 ? -errno : 0, "TIOCSCTTY");
  must(SYS(SYS_fcntl, master, F_SETFD, 0), "fcntl");
}

static void run_execve_with_terminal(void) {
  prepare_program();
  struct program p = {.path = program_path,
                      .trusted = program_path,
                      .argv = usual_argv,
                      .env = usual_env,
                      .prepare = take_terminal,
                      .shown_flags = WRITABLE};
  exec_once(&p);
  must(caller->tty != 0 && caller->pgid == caller->pid ? 0 : -EPROTO, "terminal");
}

/* Which layer of an overlay a program comes from. */
static void run_execve_overlay(void) {
  prepare_program();
  must(mkdir("lower", 0755) | mkdir("upper", 0755) | mkdir("work", 0755) | mkdir("merged", 0755),
       "mkdir");
  install_quit("lower/program", 0755);
  long mounted = SYS(SYS_mount, "overlay", "merged", "overlay", 0,
                     "lowerdir=lower,upperdir=upper,workdir=work");
  must(mounted, "mount overlay");
  char path[128];
  snprintf(path, sizeof(path), "%s/merged/program", work_dir);
  struct program p = {.path = path,
                      .trusted = path,
                      .argv = usual_argv,
                      .env = usual_env,
                      .shown_flags = WRITABLE | execve_flags__EXE_LOWER_LAYER};
  exec_once(&p);
  must(chmod(path, 0700) < 0 ? -errno : 0, "chmod");
  p.shown_flags = WRITABLE | execve_flags__EXE_UPPER_LAYER;
  exec_once(&p);
  must(umount2("merged", MNT_DETACH) < 0 ? -errno : 0, "umount");
}

static void run_execveat(void) {
  prepare_program();
  char by_dir[64];
  char by_fd[32];
  char memory_path[64];
  long dir = must(SYS(SYS_open, ".", O_RDONLY | O_DIRECTORY), "open .");
  long file = must(SYS(SYS_open, program_path, O_RDONLY), "open program");
  long memory = must(SYS(SYS_memfd_create, "ghost program", 0), "memfd_create");
  copy_program((int)memory);
  struct program p = {.at = true,
                      .trusted = program_path,
                      .argv = usual_argv,
                      .env = usual_env,
                      .shown_flags = WRITABLE};
  p.path = "program-with-long-name";
  p.dir = AT_FDCWD;
  exec_once(&p);
  p.dir = (int)dir;
  snprintf(by_dir, sizeof(by_dir), "/dev/fd/%ld/program-with-long-name", dir);
  p.filename = by_dir;
  exec_once(&p);
  p.path = program_path;
  p.filename = program_path;
  exec_once(&p);
  p.path = NULL;
  p.dir = (int)file;
  p.flags = AT_EMPTY_PATH;
  snprintf(by_fd, sizeof(by_fd), "/dev/fd/%ld", file);
  p.filename = by_fd;
  exec_once(&p);
  p.dir = (int)memory;
  snprintf(by_fd, sizeof(by_fd), "/dev/fd/%ld", memory);
  snprintf(memory_path, sizeof(memory_path), "/proc/self/fd/%ld", memory);
  p.exe_path = memory_path;
  p.trusted = "memfd:ghost program";
  p.shown_flags = WRITABLE | execve_flags__EXE_FROM_MEMFD;
  exec_once(&p);
}

/* Another thread than the first calls exec: the process goes on under the first one's number. */
static const struct program *threaded_program;
static int exec_in_thread(void *unused) {
  (void)unused;
  exec_or_die(threaded_program);
  return 0;
}

static void start_exec_thread(void) {
  static char stack[262144] __attribute__((aligned(16)));
  int thread = clone(exec_in_thread, stack + sizeof(stack),
                     CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, NULL);
  must(thread < 0 ? -errno : 0, "clone");
  for (;;) {
    pause();
  }
}

static void run_execve_in_thread(void) {
  prepare_program();
  int fds[2];
  char comm[32];
  struct program p = {.path = program_path, .argv = usual_argv, .env = usual_env};
  threaded_program = &p;
  open_comm_pipe(fds);
  pid_t child = fork();
  if (child == 0) {
    start_exec_thread();
  }
  must(child, "fork");
  read_comm(fds, comm);
  wait_for(child);
  struct shown shown = {.tid = child,
                        .ptid = getpid(),
                        .argv = usual_argv,
                        .env = usual_env,
                        .comm = comm,
                        .exe_path = program_path,
                        .trusted = program_path,
                        .flags = WRITABLE,
                        .filename = program_path};
  expect_exec("SYSCALL_EXECVE_19_X", &shown);
}

/* The 32-bit program that lies beside this one. */
static bool path_of_32bit(char *path, size_t size) {
  ssize_t length = readlink("/proc/self/exe", path, size - 4);
  must(length < 0 ? -errno : 0, "readlink");
  strcpy(path + length, "32");
  return access(path, X_OK) == 0;
}

bool program_of_32bit_is_there(void) {
  char path[PATH_MAX];
  return path_of_32bit(path, sizeof(path));
}

/* From 64 bits to 32, and from there to 64 again; in between a call of a real 32-bit program. */
static void run_execve_32bit(void) {
  char path[PATH_MAX];
  int fds[2];
  char comm[32];
  prepare_program();
  must(path_of_32bit(path, sizeof(path)) ? 0 : -ENOENT, "trigger32");
  char *const argv[] = {"name", program_path, QUIT, "last", NULL};
  struct program p = {.path = path, .argv = argv, .env = usual_env};
  open_comm_pipe(fds);
  pid_t child = fork();
  if (child == 0) {
    exec_or_die(&p);
  }
  must(child, "fork");
  read_comm(fds, comm);
  must(wait_for(child) == 0 ? 0 : -EPROTO, "the program after exec");
  struct shown shown = {.tid = child,
                        .ptid = getpid(),
                        .argv = argv,
                        .env = usual_env,
                        .comm = "trigger32",
                        .exe_path = path,
                        .trusted = path,
                        .flags = WRITABLE,
                        .filename = path};
  expect_exec("SYSCALL_EXECVE_19_X", &shown);
  shown.argv = argv + 2;
  shown.comm = comm;
  shown.exe_path = shown.trusted = shown.filename = program_path;
  expect_exec("SYSCALL_EXECVE_19_X", &shown);
  expect_of(child, "SYSCALL_OPEN_X", "fd=%d name=absent%%20for%%2032%%20bits flags=%u mode=0 dev=0 ino=0",
            -ENOENT, file_flags__O_RDONLY);
}

/* Failed calls: arguments are the ones given, everything else is the caller's own. */
static char own_path[PATH_MAX];

static void failed(const char *event, long res, const char *filename, char *const *argv,
                   char *const *env) {
  struct shown shown = {.res = res,
                        .tid = caller->tid,
                        .ptid = main_tid,
                        .argv = argv,
                        .env = env,
                        .comm = caller->comm,
                        .exe_path = own_path,
                        .trusted = own_path,
                        .flags = WRITABLE,
                        .filename = filename};
  expect_exec(event, &shown);
}

static void fail_execve(const char *path, char *const *argv, char *const *env) {
  failed("SYSCALL_EXECVE_19_X", SYS(SYS_execve, path, argv, env), path, argv, env);
}

static void fail_execveat(int dir, const char *path, char *const *argv, char *const *env,
                          int flags) {
  failed("SYSCALL_EXECVEAT_X", SYS(SYS_execveat, dir, path, argv, env, flags), NULL, argv, env);
}

static void run_exec_failure(void) {
  static char many[5000];
  memset(many, 'm', sizeof(many) - 1);
  char *const long_argv[] = {"name", "first", many, "beyond", NULL};
  char *const long_env[] = {"FIRST=1", many, "BEYOND=1", NULL};
  char *const *bad = (char *const *)unreadable;
  ssize_t length = readlink("/proc/self/exe", own_path, sizeof(own_path) - 1);
  must(length, "readlink");
  caller = shared_memory(sizeof(*caller));
  read_self(caller);
  begin();
  fail_execve("no/such/program", usual_argv, usual_env);
  fail_execve(".", short_argv, no_env);
  fail_execve("no/such/program", NULL, NULL);
  fail_execve("no/such/program", bad, bad);
  fail_execve(unreadable, long_argv, long_env);
  fail_execve(long_path, short_argv, usual_env);
  fail_execveat(AT_FDCWD, "no/such/program", usual_argv, usual_env, 0);
  fail_execveat(BAD_FD, "program", long_argv, long_env, 0);
  fail_execveat(BAD_FD, "", short_argv, no_env, AT_EMPTY_PATH);
  fail_execveat(-1, unreadable, bad, bad, 0);
  fail_execveat(AT_FDCWD, ".", NULL, NULL, AT_SYMLINK_NOFOLLOW);
  end();
}

static void run_exec_failure_32bit(void) {
  ssize_t length = readlink("/proc/self/exe", own_path, sizeof(own_path) - 1);
  must(length, "readlink");
  caller = shared_memory(sizeof(*caller));
  read_self(caller);
  begin();
  long res = ia32_execve("no/such/program", usual_argv, usual_env);
  failed("SYSCALL_EXECVE_19_X", res, "no/such/program", usual_argv, usual_env);
  end();
}

static void exec_failure_32bit_case(void) { in_child(run_exec_failure_32bit); }
static void exec_failure_case(void) { in_child(run_exec_failure); }

const struct test_case exec_cases[] = {
    {"execve", run_execve},
    {"execve_script", run_execve_script},
    {"execve_as_user", run_execve_as_user},
    {"execve_with_terminal", run_execve_with_terminal},
    {"execve_overlay", run_execve_overlay},
    {"execve_in_thread", run_execve_in_thread},
    {"execveat", run_execveat},
    {"exec_failure", exec_failure_case},
    {NULL, NULL},
};

const struct test_case exec32_cases[] = {
    {"execve_32bit", run_execve_32bit},
    {"exec_failure_32bit", exec_failure_32bit_case},
    {NULL, NULL},
};
