/* SPDX-License-Identifier: Apache-2.0 */
/* Processes that are alive at the end, each with something that is easy to get wrong. */
#define _GNU_SOURCE
#include "soak.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC 4
#endif
#ifndef CLOSE_RANGE_UNSHARE
#define CLOSE_RANGE_UNSHARE 2
#endif

static int file(const char *name, int flags)
{
  char path[256];

  snprintf(path, sizeof(path), "%s/%s", work, name);
  return must(open(path, O_CREAT | O_RDWR | flags, 0600), path);
}

/* Binds to a port of its own choice, as servers do: one that was free a moment ago. */
static struct sockaddr_in loopback(int fd)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(address);
  int probe = must(socket(AF_INET, SOCK_STREAM, 0), "socket");

  must(bind(probe, (struct sockaddr *)&address, sizeof(address)), "bind");
  must(getsockname(probe, (struct sockaddr *)&address, &length), "getsockname");
  close(probe);
  must(bind(fd, (struct sockaddr *)&address, sizeof(address)), "bind");
  return address;
}

static void sockets(void)
{
  int server = must(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  int client = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  struct sockaddr_in address = loopback(server);
  int ends[2];

  must(listen(server, 5), "listen");
  must(connect(client, (struct sockaddr *)&address, sizeof(address)), "connect");
  must(accept4(server, NULL, NULL, SOCK_CLOEXEC), "accept4");
  client = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
  must(connect(client, (struct sockaddr *)&address, sizeof(address)), "connect");
  must(accept(server, NULL, NULL), "accept");
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "socketpair");
  must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), "socketpair");
  int datagrams = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
  must(connect(datagrams, (struct sockaddr *)&address, sizeof(address)), "connect");
}

static void descriptors(void)
{
  int ends[2];
  int first = file("first", 0);
  int second = file("second", O_CLOEXEC);

  dup2(first, 900);
  dup2(second, 901);
  dup3(first, 902, O_CLOEXEC);
  dup2(900, 900);
  fcntl(first, F_DUPFD, 500);
  fcntl(first, F_DUPFD_CLOEXEC, 600);
  fcntl(901, F_SETFD, FD_CLOEXEC);
  fcntl(second, F_SETFD, 0);
  must(pipe(ends), "pipe");
  must(pipe2(ends, O_CLOEXEC), "pipe2");
  close(ends[0]);
  must(eventfd(0, 0), "eventfd");
  must(eventfd(0, EFD_CLOEXEC), "eventfd");
  must(epoll_create1(0), "epoll_create1");
  must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  must(inotify_init1(IN_CLOEXEC), "inotify_init1");
  must(memfd_create("soak", 0), "memfd_create");
  must(memfd_create("soak", MFD_CLOEXEC), "memfd_create");
  must(open("/", O_DIRECTORY | O_RDONLY), "open");
  for (int i = 0; i < 10; i++) {
    dup2(first, 300 + i);
  }
  dup2(first, 5000);
  dup2(first, 5001);
  syscall(SYS_close_range, 302, 304, 0);
  syscall(SYS_close_range, 306, 307, CLOSE_RANGE_CLOEXEC);
  syscall(SYS_close_range, 5001, 6000, CLOSE_RANGE_CLOEXEC);
  sockets();
}

static void with_descriptors(void)
{
  descriptors();
  stay();
}

static void with_descriptors_executes(void)
{
  descriptors();
  become("stay");
}

static void shares_files(void)
{
  file("before", 0);
  pid_t pid = must(syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, NULL, NULL, 0), "clone");
  if (pid == 0) {
    file("by-child", O_CLOEXEC);
    pid = must(syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, NULL, NULL, 0), "clone");
    if (pid == 0) {
      become("stay");
    }
    pid = must(syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, NULL, NULL, 0), "clone");
    if (pid == 0) {
      syscall(SYS_close_range, 3, 3, CLOSE_RANGE_UNSHARE);
      file("alone", 0);
    }
    stay();
  }
  usleep(50000);
  file("by-parent", 0);
  stay();
}

static void held_in_vfork(void)
{
  if (vfork() == 0) {
    stay();
  }
  stay();
}

static void orphans(void)
{
  if (fork() == 0) {
    if (fork() == 0) {
      if (fork() == 0) {
        stay();
      }
      usleep(100000);
      _exit(0);
    }
    _exit(0);
  }
  stay();
}

static void subreaper(void)
{
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  orphans();
}

static void *executes(void *unused)
{
  (void)unused;
  become("stay");
}

static void *stays(void *unused)
{
  (void)unused;
  stay();
}

/* A child of the thread, which the others of the process inherit when it ends. */
static void *makes_child(void *unused)
{
  (void)unused;
  if (fork() == 0) {
    stay();
  }
  usleep(50000);
  return NULL;
}

static void *has_own_files(void *unused)
{
  (void)unused;
  must(unshare(CLONE_FILES), "unshare");
  file("of-thread", 0);
  stay();
}

static pthread_t add_thread(void *(*routine)(void *))
{
  pthread_t thread;

  if (pthread_create(&thread, NULL, routine, NULL) != 0) {
    _exit(1);
  }
  return thread;
}

static void executes_in_thread(void)
{
  file("closed-by-exec", O_CLOEXEC);
  file("kept-by-exec", 0);
  add_thread(stays);
  add_thread(executes);
  stay();
}

static void threads_without_main(void)
{
  add_thread(stays);
  add_thread(makes_child);
  syscall(SYS_exit, 0);
  __builtin_unreachable();
}

static void files_of_thread(void)
{
  add_thread(stays);
  add_thread(has_own_files);
  usleep(50000);
  file("of-others", 0);
  stay();
}

static void another_user(void)
{
  must(setgid(65534), "setgid");
  must(setuid(65533), "setuid");
  if (fork() == 0) {
    stay();
  }
  stay();
}

static void another_directory(void)
{
  char path[256];

  snprintf(path, sizeof(path), "%s/directory", work);
  mkdir(path, 0700);
  must(chdir(path), "chdir");
  mkdir("below", 0700);
  if (fork() == 0) {
    int below = must(open("below", O_DIRECTORY | O_RDONLY), "open");
    must(fchdir(below), "fchdir");
    must(open("../../first", O_RDWR | O_CREAT, 0600), "open");
    must(openat(below, "../of-directory", O_RDWR | O_CREAT, 0600), "openat");
    stay();
  }
  must(open("here", O_RDWR | O_CREAT, 0600), "open");
  stay();
}

static void session(void)
{
  setsid();
  if (fork() == 0) {
    become("stay");
  }
  stay();
}

/*
 * init of a namespace, and children. What these inherit is what their parent has when they are
 * first seen, as in Falco: so their parent keeps it for a while.
 */
static void in_namespace(void)
{
  must(unshare(CLONE_NEWPID), "unshare");
  if (fork() != 0) {
    stay();
  }
  for (int i = 0; i < 5; i++) {
    int ends[2];
    must(pipe(ends), "pipe");
    if (fork() == 0) {
      if (i == 2) {
        become("stay");
      }
      if (i == 3) {
        add_thread(stays);
      }
      stay();
    }
    usleep(200000);
    close(ends[0]);
    close(ends[1]);
  }
  stay();
}

static void (*const survivors[])(void) = {
    with_descriptors, with_descriptors_executes, shares_files,         held_in_vfork,
    orphans,          subreaper,                 executes_in_thread,   threads_without_main,
    files_of_thread,  another_user,              another_directory,    session,
    in_namespace,
};

void leave_survivors(void)
{
  signal(SIGCHLD, SIG_IGN); /* nobody stays a zombie */
  for (size_t i = 0; i < sizeof(survivors) / sizeof(survivors[0]); i++) {
    if (new_process() == 0) {
      survivors[i]();
    }
  }
  usleep(3000000);
}
