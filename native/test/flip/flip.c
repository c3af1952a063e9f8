/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flip CASE TRIES: makes one system call again and again while a second thread changes a byte of
 * its argument all the time, and finds out by the effect which argument the kernel used each time.
 *
 * Prints one line: EVENT tid PARAM KPARAM TRUTHS. Of the event's parameter PARAM the last byte (of a path) or
 * the last byte of the address says a or b (1 or 2 in an IPv4 address), as each letter of TRUTHS
 * does for one call; KPARAM is the parameter with what the kernel used. Marks in the stream are
 * those of trigger. "flip --list" names the cases. Works in a tmpfs of its own; needs root.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define MARK_BEGIN 0x7a000001
#define MARK_END 0x7a000002
#define MARK_DONE 0x7a000003

/* The argument: the flipper changes *turning between one and other. */
static char path[64];
static volatile char *turning;
static char one = 'a', other = 'b';
static volatile int stop;

static struct sockaddr_in ip = {.sin_family = AF_INET};
static struct sockaddr_un local = {.sun_family = AF_UNIX};

static void die(const char *what) {
  perror(what);
  exit(1);
}

static long must(long result, const char *what) {
  if (result < 0) {
    die(what);
  }
  return result;
}

/* So that the threads run side by side where there are two CPUs. */
static void run_on(int which) {
  cpu_set_t all, chosen;
  must(sched_getaffinity(0, sizeof(all), &all), "sched_getaffinity");
  CPU_ZERO(&chosen);
  int seen = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (CPU_ISSET(cpu, &all) && seen++ % 2 == which) {
      CPU_SET(cpu, &chosen);
    }
  }
  if (CPU_COUNT(&chosen) > 0) {
    must(sched_setaffinity(0, sizeof(chosen), &chosen), "sched_setaffinity");
  }
}

static void *flipper(void *unused) {
  (void)unused;
  run_on(1);
  while (!stop) {
    *turning = other;
    *turning = one;
  }
  return NULL;
}

/* By a call that is not under test. */
static ino_t inode(const char *name) {
  struct statx s;
  return statx(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, STATX_INO, &s) ? 0 : s.stx_ino;
}

static int exists(const char *name) { return inode(name) != 0; }

static void make(const char *name) {
  must(close(must(open(name, O_CREAT | O_WRONLY, 0700), "create")), "close");
}

static char by_inode(ino_t found) { return found == inode("d/a") ? 'a' : 'b'; }

static char by_fd(long fd) {
  struct stat s;
  must(fd, "open");
  must(fstat(fd, &s), "fstat");
  close(fd);
  return by_inode(s.st_ino);
}

static char try_open(void) { return by_fd(syscall(SYS_open, path, O_RDONLY, 0)); }
static char try_openat(void) { return by_fd(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0)); }
static char try_creat(void) { return by_fd(syscall(SYS_creat, path, 0600)); }
static char try_openat2(void) {
  struct open_how how = {.flags = O_RDONLY};
  return by_fd(syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how)));
}

/* a is a directory, b is missing: the error tells. */
static char try_open_failing(void) {
  long fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY, 0);
  return fd >= 0 ? '?' : errno == EISDIR ? 'a' : 'b';
}

static char gone(void) {
  char found = exists("d/a") ? 'b' : 'a';
  return found;
}

static char came(void) {
  char found = exists("d/a") ? 'a' : 'b';
  return found;
}

static char try_unlink(void) {
  must(syscall(SYS_unlink, path), "unlink");
  char found = gone();
  make(found == 'a' ? "d/a" : "d/b");
  return found;
}

static char try_unlinkat(void) {
  must(syscall(SYS_unlinkat, AT_FDCWD, path, 0), "unlinkat");
  char found = gone();
  make(found == 'a' ? "d/a" : "d/b");
  return found;
}

static char try_rmdir(void) {
  must(syscall(SYS_rmdir, path), "rmdir");
  char found = gone();
  must(mkdirat(AT_FDCWD, found == 'a' ? "d/a" : "d/b", 0700), "mkdirat");
  return found;
}

static char try_mkdir(void) {
  must(syscall(SYS_mkdir, path, 0700), "mkdir");
  char found = came();
  must(rmdir(found == 'a' ? "d/a" : "d/b"), "rmdir");
  return found;
}

static char try_mkdirat(void) {
  must(syscall(SYS_mkdirat, AT_FDCWD, path, 0700), "mkdirat");
  char found = came();
  must(rmdir(found == 'a' ? "d/a" : "d/b"), "rmdir");
  return found;
}

static char forget(void) {
  char found = came();
  must(unlink(found == 'a' ? "d/a" : "d/b"), "unlink");
  return found;
}

static char try_mknod(void) {
  must(syscall(SYS_mknod, path, S_IFIFO | 0600, 0), "mknod");
  return forget();
}

static char try_mknodat(void) {
  must(syscall(SYS_mknodat, AT_FDCWD, path, S_IFIFO | 0600, 0), "mknodat");
  return forget();
}

static char try_symlink(void) {
  must(syscall(SYS_symlink, "anything", path), "symlink");
  return forget();
}

static char try_symlinkat(void) {
  must(syscall(SYS_symlinkat, "anything", AT_FDCWD, path), "symlinkat");
  return forget();
}

/* The text of the link tells. */
static char try_symlink_target(void) {
  char text[64];
  must(syscall(SYS_symlink, path, "d/link"), "symlink");
  long length = must(readlink("d/link", text, sizeof(text)), "readlink");
  must(unlink("d/link"), "unlink");
  return text[length - 1];
}

static char try_link(void) {
  must(syscall(SYS_link, "c", path), "link");
  return forget();
}

static char try_linkat(void) {
  must(syscall(SYS_linkat, AT_FDCWD, "c", AT_FDCWD, path, 0), "linkat");
  return forget();
}

static char try_link_old(void) {
  must(syscall(SYS_link, path, "d/link"), "link");
  char found = by_inode(inode("d/link"));
  must(unlink("d/link"), "unlink");
  return found;
}

static char renamed_back(void) {
  char found = gone();
  must(syscall(SYS_link, "d/moved", found == 'a' ? "d/a" : "d/b"), "link");
  must(unlink("d/moved"), "unlink");
  return found;
}

static char try_rename_old(void) {
  must(syscall(SYS_rename, path, "d/moved"), "rename");
  return renamed_back();
}

static char try_renameat_old(void) {
  must(syscall(SYS_renameat, AT_FDCWD, path, AT_FDCWD, "d/moved"), "renameat");
  return renamed_back();
}

static char renamed_away(void) {
  char found = came();
  must(syscall(SYS_link, found == 'a' ? "d/a" : "d/b", "c"), "link");
  must(unlink(found == 'a' ? "d/a" : "d/b"), "unlink");
  return found;
}

static char try_rename_new(void) {
  must(syscall(SYS_rename, "c", path), "rename");
  return renamed_away();
}

static char try_renameat2_new(void) {
  must(syscall(SYS_renameat2, AT_FDCWD, "c", AT_FDCWD, path, 0), "renameat2");
  return renamed_away();
}

static char changed_mode(void) {
  struct stat s;
  must(stat("d/a", &s), "stat");
  char found = (s.st_mode & 0777) == 0640 ? 'a' : 'b';
  int fd = must(open(found == 'a' ? "d/a" : "d/b", O_RDONLY), "open");
  must(fchmod(fd, 0600), "fchmod");
  close(fd);
  return found;
}

static char try_chmod(void) {
  must(syscall(SYS_chmod, path, 0640), "chmod");
  return changed_mode();
}

static char try_fchmodat(void) {
  must(syscall(SYS_fchmodat, AT_FDCWD, path, 0640), "fchmodat");
  return changed_mode();
}

static char changed_owner(void) {
  struct stat s;
  must(stat("d/a", &s), "stat");
  char found = s.st_uid == 4321 ? 'a' : 'b';
  int fd = must(open(found == 'a' ? "d/a" : "d/b", O_RDONLY), "open");
  must(fchown(fd, 0, 0), "fchown");
  close(fd);
  return found;
}

static char try_chown(void) {
  must(syscall(SYS_chown, path, 4321, 0), "chown");
  return changed_owner();
}

static char try_lchown(void) {
  must(syscall(SYS_lchown, path, 4321, 0), "lchown");
  return changed_owner();
}

static char try_fchownat(void) {
  must(syscall(SYS_fchownat, AT_FDCWD, path, 4321, 0, 0), "fchownat");
  return changed_owner();
}

static char try_stat(void) {
  struct stat s;
  must(syscall(SYS_stat, path, &s), "stat");
  return by_inode(s.st_ino);
}

static char try_newfstatat(void) {
  struct stat s;
  must(syscall(SYS_newfstatat, AT_FDCWD, path, &s, 0), "newfstatat");
  return by_inode(s.st_ino);
}

/* b is missing. */
static char try_access(void) { return syscall(SYS_access, path, F_OK) ? 'b' : 'a'; }

static char try_chdir(void) {
  struct stat s;
  must(syscall(SYS_chdir, path), "chdir");
  must(stat(".", &s), "stat");
  must(fchdir(3), "fchdir");
  return by_inode(s.st_ino);
}

/* Entering the own namespace again leads back to its root. */
static char try_chroot(void) {
  must(syscall(SYS_chroot, path), "chroot");
  ino_t found = inode("/");
  must(setns(4, CLONE_NEWNS), "setns");
  must(fchdir(3), "fchdir");
  return by_inode(found);
}

static char try_mount(void) {
  must(syscall(SYS_mount, "nothing", path, "tmpfs", 0, NULL), "mount");
  char found = exists("d/a/below") ? 'b' : 'a';
  must(umount2(found == 'a' ? "d/a" : "d/b", MNT_DETACH), "umount2");
  return found;
}

static char try_umount(void) {
  must(syscall(SYS_umount2, path, 0), "umount2");
  char found = exists("d/a/below") ? 'a' : 'b';
  must(mount("nothing", found == 'a' ? "d/a" : "d/b", "tmpfs", 0, NULL), "mount");
  return found;
}

/* a cannot be executed, b is missing. */
static char try_execve_failing(void) {
  char *none[] = {NULL};
  syscall(SYS_execve, path, none, none);
  return errno == EACCES ? 'a' : 'b';
}

static long socket_of(int family, int type) { return must(socket(family, type, 0), "socket"); }

static char ip_end(const struct sockaddr_in *address) {
  return (ntohl(address->sin_addr.s_addr) & 0xff) == 1 ? 'a' : 'b';
}

static char peer(long fd) {
  struct sockaddr_in found;
  socklen_t length = sizeof(found);
  must(getpeername(fd, (struct sockaddr *)&found, &length), "getpeername");
  close(fd);
  return ip_end(&found);
}

static char try_connect_udp(void) {
  long fd = socket_of(AF_INET, SOCK_DGRAM);
  must(syscall(SYS_connect, fd, &ip, sizeof(ip)), "connect");
  return peer(fd);
}

/* Nobody listens at the first address. */
static char try_connect_tcp(void) {
  long fd = socket_of(AF_INET, SOCK_STREAM);
  struct linger now = {.l_onoff = 1};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  if (syscall(SYS_connect, fd, &ip, sizeof(ip))) {
    if (errno != ECONNREFUSED) {
      die("connect");
    }
    close(fd);
    return 'a';
  }
  return peer(fd);
}

static char try_bind(void) {
  struct sockaddr_in found;
  socklen_t length = sizeof(found);
  long fd = socket_of(AF_INET, SOCK_DGRAM);
  must(syscall(SYS_bind, fd, &ip, sizeof(ip)), "bind");
  must(getsockname(fd, (struct sockaddr *)&found, &length), "getsockname");
  close(fd);
  return ip_end(&found);
}

static socklen_t local_length(void) {
  return offsetof(struct sockaddr_un, sun_path) + (local.sun_path[0] ? 4 : 3);
}

static char local_end(long fd, int ours) {
  struct sockaddr_un found = {};
  socklen_t length = sizeof(found);
  must(ours ? getsockname(fd, (struct sockaddr *)&found, &length)
            : getpeername(fd, (struct sockaddr *)&found, &length),
       "name of socket");
  close(fd);
  return found.sun_path[2];
}

static char try_connect_unix(void) {
  long fd = socket_of(AF_UNIX, SOCK_DGRAM);
  must(syscall(SYS_connect, fd, &local, local_length()), "connect");
  return local_end(fd, 0);
}

/* a refuses, b is missing. */
static char try_connect_unix_failing(void) {
  long fd = socket_of(AF_UNIX, SOCK_STREAM);
  if (!syscall(SYS_connect, fd, &local, local_length())) {
    die("connect");
  }
  char found = errno == ENOENT ? 'b' : 'a';
  close(fd);
  return found;
}

static char try_bind_unix(void) {
  long fd = socket_of(AF_UNIX, SOCK_DGRAM);
  must(syscall(SYS_bind, fd, &local, local_length()), "bind");
  if (local.sun_path[0]) {
    char found = exists("d/a") ? 'a' : 'b';
    must(unlink(found == 'a' ? "d/a" : "d/b"), "unlink");
    close(fd);
    return found;
  }
  return local_end(fd, 1);
}

static void turn_path(void) {
  strcpy(path, "d/a");
  turning = &path[2];
}

static void two_files(void) {
  turn_path();
  make("d/a");
  make("d/b");
}

static void no_files(void) {
  turn_path();
  make("c");
}

static void two_directories(void) {
  turn_path();
  must(mkdir("d/a", 0700), "mkdir");
  must(mkdir("d/b", 0700), "mkdir");
}

static void directory_here(void) {
  two_directories();
  int here = must(open(".", O_RDONLY | O_DIRECTORY), "open");
  must(dup2(here, 3), "dup2");
}

static void namespace_here(void) {
  directory_here();
  int ns = must(open("/proc/self/ns/mnt", O_RDONLY), "open");
  must(dup2(ns, 4), "dup2");
}

static void one_directory(void) {
  turn_path();
  must(mkdir("d/a", 0700), "mkdir");
}

static void one_file(void) {
  turn_path();
  make("d/a");
  must(chmod("d/a", 0600), "chmod");
}

static void two_below(void) {
  two_directories();
  make("d/a/below");
  make("d/b/below");
}

static void two_mounts(void) {
  two_below();
  must(mount("nothing", "d/a", "tmpfs", 0, NULL), "mount");
  must(mount("nothing", "d/b", "tmpfs", 0, NULL), "mount");
}

static void turn_ip(void) {
  ip.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  turning = (char *)&ip.sin_addr + 3;
  one = 1;
  other = 2;
}

static void udp(void) {
  turn_ip();
  ip.sin_port = htons(9);
}

static void tcp(void) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002)};
  socklen_t length = sizeof(server);
  long fd = socket_of(AF_INET, SOCK_STREAM);
  must(bind(fd, (struct sockaddr *)&server, sizeof(server)), "bind");
  must(listen(fd, 4096), "listen");
  must(getsockname(fd, (struct sockaddr *)&server, &length), "getsockname");
  turn_ip();
  ip.sin_port = server.sin_port;
  /* Accepts what comes, so that the queue does not fill. */
  if (must(fork(), "fork") == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(1);
    for (;;) {
      close(accept(fd, NULL, NULL));
    }
  }
}

static void unix_path(void) {
  strcpy(local.sun_path, "d/a");
  turning = &local.sun_path[2];
}

static void listen_at(char end, int type) {
  char saved = local.sun_path[2];
  local.sun_path[2] = end;
  must(bind(socket_of(AF_UNIX, type), (struct sockaddr *)&local, local_length()), "bind");
  local.sun_path[2] = saved;
}

static void unix_servers(void) {
  unix_path();
  listen_at('a', SOCK_DGRAM);
  listen_at('b', SOCK_DGRAM);
}

static void unix_deaf(void) {
  unix_path();
  listen_at('a', SOCK_STREAM);
}

static void abstract(void) {
  snprintf(local.sun_path + 1, 8, "%ca", (getpid() % 90) + 33);
  turning = &local.sun_path[2];
}

static void abstract_servers(void) {
  abstract();
  listen_at('a', SOCK_DGRAM);
  listen_at('b', SOCK_DGRAM);
}

static const struct test {
  const char *name;
  const char *event;
  const char *param;
  const char *kernel;
  void (*prepare)(void);
  char (*try)(void);
} tests[] = {
    {"open", "SYSCALL_OPEN_X", "name", "kpath", two_files, try_open},
    {"openat", "SYSCALL_OPENAT_2_X", "name", "kpath", two_files, try_openat},
    {"openat_failing", "SYSCALL_OPENAT_2_X", "name", "kpath", one_directory, try_open_failing},
    {"openat2", "SYSCALL_OPENAT2_X", "name", "kpath", two_files, try_openat2},
    {"creat", "SYSCALL_CREAT_X", "name", "kpath", two_files, try_creat},
    {"unlink", "SYSCALL_UNLINK_2_X", "path", "kpath", two_files, try_unlink},
    {"unlinkat", "SYSCALL_UNLINKAT_2_X", "name", "kpath", two_files, try_unlinkat},
    {"rmdir", "SYSCALL_RMDIR_2_X", "path", "kpath", two_directories, try_rmdir},
    {"mkdir", "SYSCALL_MKDIR_2_X", "path", "kpath", no_files, try_mkdir},
    {"mkdirat", "SYSCALL_MKDIRAT_X", "path", "kpath", no_files, try_mkdirat},
    {"mknod", "SYSCALL_MKNOD_X", "path", "kpath", no_files, try_mknod},
    {"mknodat", "SYSCALL_MKNODAT_X", "path", "kpath", no_files, try_mknodat},
    {"symlink", "SYSCALL_SYMLINK_X", "linkpath", "knewpath", no_files, try_symlink},
    {"symlinkat", "SYSCALL_SYMLINKAT_X", "linkpath", "knewpath", no_files, try_symlinkat},
    {"symlink_target", "SYSCALL_SYMLINK_X", "target", "kpath", no_files, try_symlink_target},
    {"link", "SYSCALL_LINK_2_X", "newpath", "knewpath", no_files, try_link},
    {"linkat", "SYSCALL_LINKAT_2_X", "newpath", "knewpath", no_files, try_linkat},
    {"link_old", "SYSCALL_LINK_2_X", "oldpath", "kpath", two_files, try_link_old},
    {"rename_old", "SYSCALL_RENAME_X", "oldpath", "kpath", two_files, try_rename_old},
    {"rename_new", "SYSCALL_RENAME_X", "newpath", "knewpath", no_files, try_rename_new},
    {"renameat_old", "SYSCALL_RENAMEAT_X", "oldpath", "kpath", two_files, try_renameat_old},
    {"renameat2_new", "SYSCALL_RENAMEAT2_X", "newpath", "knewpath", no_files, try_renameat2_new},
    {"chmod", "SYSCALL_CHMOD_X", "filename", "kpath", two_files, try_chmod},
    {"fchmodat", "SYSCALL_FCHMODAT_X", "filename", "kpath", two_files, try_fchmodat},
    {"chown", "SYSCALL_CHOWN_X", "path", "kpath", two_files, try_chown},
    {"lchown", "SYSCALL_LCHOWN_X", "path", "kpath", two_files, try_lchown},
    {"fchownat", "SYSCALL_FCHOWNAT_X", "pathname", "kpath", two_files, try_fchownat},
    {"stat", "SYSCALL_STAT_X", "path", "kpath", two_files, try_stat},
    {"newfstatat", "SYSCALL_NEWFSTATAT_X", "path", "kpath", two_files, try_newfstatat},
    {"access", "SYSCALL_ACCESS_X", "name", "kpath", one_file, try_access},
    {"chdir", "SYSCALL_CHDIR_X", "path", "kpath", directory_here, try_chdir},
    {"chroot", "SYSCALL_CHROOT_X", "path", "kpath", namespace_here, try_chroot},
    {"mount", "SYSCALL_MOUNT_X", "dir", "kpath", two_below, try_mount},
    {"umount", "SYSCALL_UMOUNT2_X", "name", "kpath", two_mounts, try_umount},
    {"execve_failing", "SYSCALL_EXECVE_19_X", "filename", "-", one_file, try_execve_failing},
    {"connect_udp", "SOCKET_CONNECT_X", "addr", "kaddr", udp, try_connect_udp},
    {"connect_tcp", "SOCKET_CONNECT_X", "addr", "kaddr", tcp, try_connect_tcp},
    {"connect_unix", "SOCKET_CONNECT_X", "addr", "kaddr", unix_servers, try_connect_unix},
    {"connect_unix_failing", "SOCKET_CONNECT_X", "addr", "kaddr", unix_deaf,
     try_connect_unix_failing},
    {"connect_abstract", "SOCKET_CONNECT_X", "addr", "kaddr", abstract_servers, try_connect_unix},
    {"bind", "SOCKET_BIND_X", "addr", "kaddr", turn_ip, try_bind},
    {"bind_unix", "SOCKET_BIND_X", "addr", "kaddr", unix_path, try_bind_unix},
    {"bind_abstract", "SOCKET_BIND_X", "addr", "kaddr", abstract, try_bind_unix},
};

static void own_tmpfs(void) {
  must(unshare(CLONE_NEWNS), "unshare");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "make mounts private");
  must(mount("flip", "/mnt", "tmpfs", 0, NULL), "mount tmpfs");
  must(chdir("/mnt"), "chdir");
  must(mkdir("d", 0700), "mkdir");
}

static void run(const struct test *test, long tries) {
  char *truths = calloc(tries + 1, 1);
  pthread_t thread;
  own_tmpfs();
  test->prepare();
  if (pthread_create(&thread, NULL, flipper, NULL)) {
    die("pthread_create");
  }
  must(unshare(CLONE_FS), "unshare");
  run_on(0);
  close(MARK_BEGIN);
  for (long i = 0; i < tries; i++) {
    truths[i] = test->try();
  }
  close(MARK_END);
  stop = 1;
  pthread_join(thread, NULL);
  close(MARK_DONE);
  printf("%s %d %s %s %s\n", test->event, getpid(), test->param, test->kernel, truths);
}

int main(int argc, char **argv) {
  size_t count = sizeof(tests) / sizeof(tests[0]);
  for (size_t i = 0; i < count; i++) {
    if (argc == 2 && !strcmp(argv[1], "--list")) {
      printf("%s\n", tests[i].name);
    } else if (argc == 3 && !strcmp(argv[1], tests[i].name)) {
      run(&tests[i], strtol(argv[2], NULL, 10));
      fflush(stdout);
      return 0;
    }
  }
  return argc == 2 ? 0 : 2;
}
