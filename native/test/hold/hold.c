// SPDX-License-Identifier: Apache-2.0
/*
 * Processes to be looked at. It does what it is told, prints "ready" and stays until its standard
 * input ends:
 *
 *   hold files       has a descriptor of each kind
 *   hold title       has written another title over its arguments
 *   hold leaderless  its main thread has ended
 *   hold namespace   has a child in a pid namespace of its own, with root and working directory
 *   hold crowd N M   has N children with M descriptors each
 *   hold churn DIR   has children that all the time change directories and descriptors, and fork and
 *                    execute; answers each line "p" with "paused" when all of them rest, and "r" with
 *                    "running"
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHURNERS 4

extern char **environ;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int check(const char *what, int result) {
  if (result < 0) fail(what);
  return result;
}

static void wait_for_end(void) {
  char byte;

  puts("ready");
  fflush(stdout);
  while (read(0, &byte, 1) > 0) {
  }
}

static void with_address(int family, int type, int *listening, int *connected) {
  struct sockaddr_storage address = {.ss_family = family};
  struct sockaddr_in *four = (struct sockaddr_in *)&address;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address;
  socklen_t length = sizeof(address);

  if (family == AF_INET) four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (family == AF_INET6) six->sin6_addr = in6addr_loopback;
  *listening = check("socket", socket(family, type, 0));
  check("bind", bind(*listening, (struct sockaddr *)&address,
                     family == AF_INET ? sizeof(*four) : sizeof(*six)));
  if (type == SOCK_STREAM) check("listen", listen(*listening, 1));
  check("getsockname", getsockname(*listening, (struct sockaddr *)&address, &length));
  *connected = check("socket", socket(family, type, 0));
  check("connect", connect(*connected, (struct sockaddr *)&address, length));
  if (type == SOCK_STREAM) check("accept", accept(*listening, NULL, NULL));
}

static void local_socket(const char *name, size_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = check("socket", socket(AF_UNIX, SOCK_STREAM, 0));

  memcpy(address.sun_path, name, length);
  check("bind", bind(fd, (struct sockaddr *)&address, offsetof(struct sockaddr_un, sun_path) + length));
  check("listen", listen(fd, 1));
}

/* A descriptor of each kind, in a directory of its own. */
static void files(void) {
  char directory[] = "/tmp/hold-XXXXXX";
  char path[PATH_MAX];
  int ends[2], listening, connected;
  sigset_t signals;

  if (mkdtemp(directory) == NULL) fail("mkdtemp");
  check("chdir", chdir(directory));
  check("pipe", pipe(ends));
  check("mkfifo", mkfifo("fifo", 0600));
  check("open fifo", open("fifo", O_RDWR));
  check("open", open("file", O_CREAT | O_RDWR | O_APPEND, 0600));
  check("open", open("on exec", O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  check("open", open("gone", O_CREAT | O_RDONLY, 0600));
  check("unlink", unlink("gone"));
  check("open", open(directory, O_RDONLY | O_DIRECTORY));
  check("open", open("/dev/null", O_WRONLY));
  check("open", open("/proc/self/ns/net", O_RDONLY));
  check("open", open("/proc/self/status", O_RDONLY));
  check("eventfd", eventfd(0, 0));
  check("epoll_create1", epoll_create1(0));
  check("inotify_init", inotify_init());
  check("timerfd_create", timerfd_create(CLOCK_MONOTONIC, 0));
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  check("signalfd", signalfd(-1, &signals, 0));
  syscall(SYS_memfd_create, "held", 0);
  syscall(SYS_pidfd_open, getpid(), 0);
  check("netlink", socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
  check("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  snprintf(path, sizeof(path), "%s/local", directory);
  local_socket(path, strlen(path) + 1);
  snprintf(path, sizeof(path), "%chold-%d", 0, getpid());
  local_socket(path, 1 + strlen(path + 1));
  with_address(AF_INET, SOCK_STREAM, &listening, &connected);
  with_address(AF_INET, SOCK_DGRAM, &listening, &connected);
  with_address(AF_INET6, SOCK_STREAM, &listening, &connected);
  with_address(AF_INET6, SOCK_DGRAM, &listening, &connected);
  socket(AF_INET, SOCK_RAW, IPPROTO_TCP);
  wait_for_end();
  unlink("fifo");
  unlink("file");
  unlink("on exec");
  unlink("local");
  rmdir(directory);
}

/* The arguments and the environment lie one after the other. */
static void title(int argc, char **argv) {
  char *end = argv[argc - 1] + strlen(argv[argc - 1]) + 1;
  size_t room = end - argv[0];

  for (char **each = environ; *each != NULL; each++) room += strlen(*each) + 1;
  memset(argv[0], 0, room);
  memset(argv[0], 'h', end - argv[0] + 20);
  memcpy(argv[0], "hold: ", 6);
  wait_for_end();
}

static int is_zombie(pid_t thread) {
  char path[64], text[256] = "";
  char *end;
  int fd;

  snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", getpid(), thread);
  fd = check("open stat", open(path, O_RDONLY));
  check("read stat", (int)read(fd, text, sizeof(text) - 1));
  close(fd);
  end = strrchr(text, ')');
  return end != NULL && end[1] == ' ' && end[2] == 'Z';
}

static void *outlive(void *unused) {
  (void)unused;
  while (!is_zombie(getpid())) usleep(1000);
  wait_for_end();
  exit(0);
}

static void leaderless(void) {
  pthread_t thread;

  check("open", open("/dev/zero", O_RDONLY));
  if (pthread_create(&thread, NULL, outlive, NULL) != 0) fail("pthread_create");
  syscall(SYS_exit, 0);
}

static void rest_of_life(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) pause();
}

static void namespaced(void) {
  char directory[] = "/tmp/hold-XXXXXX";
  int done[2];
  char byte;
  pid_t child;

  if (mkdtemp(directory) == NULL) fail("mkdtemp");
  check("pipe", pipe(done));
  check("unshare", unshare(CLONE_NEWPID | CLONE_NEWNET));
  child = check("fork", fork());
  if (child == 0) {
    setsid();
    check("chroot", chroot(directory));
    check("chdir", chdir("/"));
    check("setresgid", setresgid(1002, 1002, 1002));
    check("setresuid", setresuid(1001, 1001, 1001));
    check("socket", socket(AF_INET, SOCK_DGRAM, 0));
    check("write", (int)write(done[1], "", 1));
    rest_of_life();
  }
  check("read", (int)read(done[0], &byte, 1));
  wait_for_end();
  kill(child, SIGKILL);
  rmdir(directory);
}

static void crowd(int processes, int descriptors) {
  struct rlimit limit = {descriptors + 64, descriptors + 64};

  setrlimit(RLIMIT_NOFILE, &limit);
  for (int i = 0; i < processes; i++) {
    if (check("fork", fork()) == 0) {
      for (int j = 0; j < descriptors; j++) check("open", open("/etc/passwd", O_RDONLY));
      rest_of_life();
    }
  }
  wait_for_end();
}

struct control {
  volatile int pause;
  volatile int resting;
  volatile int failed;
};

/* One that lives on: changes its directory, has descriptors, and executes something at times. */
static pid_t survivor(unsigned round) {
  int ready[2];
  char byte;
  pid_t child;

  check("pipe", pipe2(ready, O_CLOEXEC));
  child = check("fork", fork());
  if (child == 0) {
    int fd;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    check("chdir", chdir("a"));
    fd = check("open", open("f", O_RDONLY));
    check("dup2", dup2(fd, 40 + round % 8));
    check("open", open("g", O_RDONLY | O_CLOEXEC));
    close(fd);
    check("chdir", chdir("b"));
    if (round % 2 == 0) {
      check("dup2", dup2(ready[1], 60));
      execl("/proc/self/exe", "hold", "rest", NULL);
      fail("exec");
    }
    (void)!write(ready[1], "", 1);
    rest_of_life();
  }
  close(ready[1]);
  check("survivor", (int)read(ready[0], &byte, 1) - 1);
  close(ready[0]);
  return child;
}

/* Sleeps, lest rings overflow before they are read: each time in another directory. */
static void sleep_in(unsigned round, unsigned where) {
  if (round % 4 == where) usleep(10000);
}

static void churn_on(struct control *control, unsigned round) {
  pid_t alive = survivor(round);
  int fd;

  for (;; round++) {
    pid_t child;

    if (control->pause) {
      __sync_fetch_and_add(&control->resting, 1);
      while (control->pause) usleep(2000);
      __sync_fetch_and_sub(&control->resting, 1);
    }
    sleep_in(round, 0);
    /* A number is used for one file after the other, and copied in between. */
    fd = check("open", open("a/f", O_RDONLY));
    check("dup2", dup2(fd, 20));
    close(fd);
    fd = check("open", open("a/g", O_RDONLY));
    check("dup2", dup2(fd, 21));
    check("chdir", chdir("a"));
    sleep_in(round, 1);
    check("chdir", chdir("b"));
    sleep_in(round, 2);
    check("chdir", chdir(".."));
    sleep_in(round, 3);
    child = check("fork", fork());
    if (child == 0) _exit(0);
    check("wait", waitpid(child, NULL, 0));
    check("chdir", chdir(".."));
    close(fd);
    kill(alive, SIGKILL);
    check("wait", waitpid(alive, NULL, 0));
    alive = survivor(round);
  }
}

static void answer(struct control *control) {
  char line[16];

  while (fgets(line, sizeof(line), stdin) != NULL) {
    control->pause = line[0] == 'p';
    while (control->resting != (control->pause ? CHURNERS : 0)) {
      if (waitpid(-1, NULL, WNOHANG) > 0) exit(1);
      usleep(1000);
    }
    puts(control->pause ? "paused" : "running");
    fflush(stdout);
  }
}

static void churn(const char *directory) {
  struct control *control = mmap(NULL, sizeof(*control), PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  if (control == MAP_FAILED) fail("mmap");
  check("chdir", chdir(directory));
  check("mkdir", mkdir("a", 0700));
  check("mkdir", mkdir("a/b", 0700));
  close(check("open", open("a/f", O_CREAT | O_RDONLY, 0600)));
  close(check("open", open("a/g", O_CREAT | O_RDONLY, 0600)));
  for (unsigned i = 0; i < CHURNERS; i++) {
    if (check("fork", fork()) == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      churn_on(control, i);
    }
  }
  puts("ready");
  fflush(stdout);
  answer(control);
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";

  if (strcmp(what, "rest") == 0) {
    (void)!write(60, "", 1);
    close(60);
    rest_of_life();
  } else if (strcmp(what, "files") == 0) {
    files();
  } else if (strcmp(what, "title") == 0) {
    title(argc, argv);
  } else if (strcmp(what, "leaderless") == 0) {
    leaderless();
  } else if (strcmp(what, "namespace") == 0) {
    namespaced();
  } else if (strcmp(what, "crowd") == 0 && argc == 4) {
    crowd(atoi(argv[2]), atoi(argv[3]));
  } else if (strcmp(what, "churn") == 0 && argc == 3) {
    churn(argv[2]);
  } else {
    fputs("usage: hold files|title|leaderless|namespace|crowd N M|churn DIR\n", stderr);
    return 2;
  }
  return 0;
}
