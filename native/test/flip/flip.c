/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flip CASE TRIES [still]: makes one system call again and again while a second thread changes a
 * byte of its argument all the time, and finds out by the effect which argument the kernel used each
 * time. still: nothing is changed.
 *
 * Prints one line: EVENT tid PARAM KPARAM TRUTHS. Of the event's parameter PARAM the last byte (of a path) or
 * the last byte of the address says a or b (1 or 2 in an IPv4 address), as each letter of TRUTHS
 * does for one record; KPARAM is the parameter with what the kernel used. ? says that it is not known which
 * the kernel used, ! that the argument has changed for certain since the entry of the call. Marks in the stream are
 * those of trigger. "flip --list" names the cases and their events; that of execve comes from children. Works in a tmpfs of its own; needs root.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <poll.h>
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
#include <sys/wait.h>
#include <unistd.h>

#define MARK_BEGIN 0x7a000001
#define MARK_END 0x7a000002
#define MARK_DONE 0x7a000003

/* The argument: the flipper changes *turning between one and other. */
static char path[64];
static volatile char *turning;
static char one = 'a', other = 'b';
static volatile int stop;
static int still; /* nothing changes */

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
    *turning = still ? one : other;
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

/* From the receivers the datagram tells where it went. */
static int receivers[2];

static char last_text[8];

static char received(void) {
  struct pollfd both[] = {{.fd = receivers[0], .events = POLLIN},
                          {.fd = receivers[1], .events = POLLIN}};
  must(poll(both, 2, -1), "poll");
  char found = both[0].revents & POLLIN ? 'a' : 'b';
  must(recv(receivers[found - 'a'], last_text, sizeof(last_text), 0), "recv");
  return found;
}

static int sender = -1;

static char try_sendto_udp(void) {
  must(syscall(SYS_sendto, sender, "x", 1, 0, &ip, sizeof(ip)), "sendto");
  return received();
}

static char try_sendto_unix(void) {
  must(syscall(SYS_sendto, sender, "x", 1, 0, &local, local_length()), "sendto");
  return received();
}

static char send_message(void *address, socklen_t length) {
  struct iovec part = {.iov_base = "x", .iov_len = 1};
  struct msghdr message = {
      .msg_name = address, .msg_namelen = length, .msg_iov = &part, .msg_iovlen = 1};
  must(syscall(SYS_sendmsg, sender, &message, 0), "sendmsg");
  return received();
}

static char try_sendmsg_udp(void) { return send_message(&ip, sizeof(ip)); }
static char try_sendmsg_unix(void) { return send_message(&local, local_length()); }

static struct mmsghdr messages[2];
static struct iovec parts[2] = {{"0", 1}, {"1", 1}};
static char second; /* of the two messages of a call, if it sends two */

/* The text of a datagram tells which message it is. */
static char send_messages(void *address, socklen_t length) {
  char ends[2];
  for (int i = 0; i < 2; i++) {
    messages[i].msg_hdr = (struct msghdr){
        .msg_name = address, .msg_namelen = length, .msg_iov = &parts[i], .msg_iovlen = 1};
  }
  if (must(syscall(SYS_sendmmsg, sender, messages, 2, 0), "sendmmsg") != 2) {
    die("sendmmsg");
  }
  for (int i = 0; i < 2; i++) {
    char found = received();
    ends[last_text[0] - '0'] = found;
  }
  second = ends[1];
  return ends[0];
}

static char try_sendmmsg_udp(void) { return send_messages(&ip, sizeof(ip)); }
static char try_sendmmsg_unix(void) { return send_messages(&local, local_length()); }

/* Nothing is left of the address of a call that fails. */
static char try_bind_failing(void) {
  long fd = socket_of(AF_INET, SOCK_DGRAM);
  if (!syscall(SYS_bind, fd, &ip, sizeof(ip))) {
    die("bind");
  }
  close(fd);
  return '?';
}

/* The address is none, the port changes. */
static char try_sendto_any(void) {
  must(syscall(SYS_sendto, sender, "x", 1, 0, &ip, sizeof(ip)), "sendto");
  received();
  return '?';
}

static char text[] = "arguments-a";
static char variable[] = "NAME=value-a";
static char *failing_arguments[] = {"program", text, NULL};
static char *failing_environment[] = {variable, NULL};

static char fail_to_execute(void) {
  if (!syscall(SYS_execve, "c", failing_arguments, failing_environment)) {
    die("execve");
  }
  return '?';
}

static char fail_to_execute_at(void) {
  if (!syscall(SYS_execveat, AT_FDCWD, "c", failing_arguments, failing_environment, 0)) {
    die("execveat");
  }
  return '?';
}

/* The file has a lease: the call waits until that is given back, and the argument is another one then. */
static int leased = -1;

static void *give_back(void *unused) {
  sigset_t signals;
  int which;
  (void)unused;
  sigemptyset(&signals);
  sigaddset(&signals, SIGIO);
  while (!sigwait(&signals, &which)) {
    *turning = still ? one : other;
    must(fcntl(leased, F_SETLEASE, F_UNLCK), "give lease back");
  }
  return NULL;
}

static char fail_to_execute_late(void) {
  *turning = one;
  must(fcntl(leased, F_SETLEASE, F_WRLCK), "take lease");
  fail_to_execute();
  return still ? '?' : '!';
}

static char device[16];

/* The name that the kernel keeps of a mounted device. */
static char try_mount_device(void) {
  char line[256], found = 0;
  must(syscall(SYS_mount, device, "d", "tmpfs", 0, NULL), "mount");
  FILE *mounts = fopen("/proc/self/mounts", "re");
  if (!mounts) {
    die("mounts");
  }
  while (fgets(line, sizeof(line), mounts)) {
    if (!strncmp(line, "flip-", 5)) {
      found = line[5];
    }
  }
  fclose(mounts);
  must(umount2("d", MNT_DETACH), "umount2");
  return found;
}

static char child_stack[16384];

static int exec_path(void *unused) {
  (void)unused;
  char *arguments[] = {path, NULL};
  syscall(SYS_execve, path, arguments, arguments + 1);
  _exit(2);
}

/* Each program tells by its exit code which it is. */
static char try_execve(void) {
  int status;
  pid_t child = must(clone(exec_path, child_stack + sizeof(child_stack),
                           CLONE_VM | CLONE_VFORK | SIGCHLD, NULL),
                     "clone");
  must(waitpid(child, &status, 0), "waitpid");
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
    die("execve");
  }
  return WEXITSTATUS(status) ? 'b' : 'a';
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

/* A whole program: it ends with this exit code. */
static void make_program(const char *name, unsigned char code) {
  struct {
    Elf64_Ehdr header;
    Elf64_Phdr segment;
    unsigned char text[12];
  } __attribute__((packed)) program = {
      .header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                 .e_type = ET_EXEC,
                 .e_machine = EM_X86_64,
                 .e_version = EV_CURRENT,
                 .e_entry = 0x400000 + sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr),
                 .e_phoff = sizeof(Elf64_Ehdr),
                 .e_ehsize = sizeof(Elf64_Ehdr),
                 .e_phentsize = sizeof(Elf64_Phdr),
                 .e_phnum = 1},
      .segment = {.p_type = PT_LOAD,
                  .p_flags = PF_R | PF_X,
                  .p_vaddr = 0x400000,
                  .p_filesz = sizeof(program),
                  .p_memsz = sizeof(program),
                  .p_align = 0x1000},
      /* mov edi, code; mov eax, 60; syscall */
      .text = {0xbf, code, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05},
  };
  int fd = must(open(name, O_CREAT | O_WRONLY, 0700), "create");
  must(write(fd, &program, sizeof(program)), "write");
  must(close(fd), "close");
}

static void two_programs(void) {
  turn_path();
  make_program("d/a", 0);
  make_program("d/b", 1);
}

static void turn_device(void) {
  strcpy(device, "flip-a");
  turning = &device[5];
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

static int listen_at(char end, int type) {
  char saved = local.sun_path[2];
  int fd = socket_of(AF_UNIX, type);
  local.sun_path[2] = end;
  must(bind(fd, (struct sockaddr *)&local, local_length()), "bind");
  local.sun_path[2] = saved;
  return fd;
}

static void unix_servers(void) {
  unix_path();
  listen_at('a', SOCK_DGRAM);
  listen_at('b', SOCK_DGRAM);
}

static void ip_receivers(void) {
  udp();
  ip.sin_port = 0;
  for (int i = 0; i < 2; i++) {
    socklen_t length = sizeof(ip);
    receivers[i] = socket_of(AF_INET, SOCK_DGRAM);
    ip.sin_addr.s_addr = htonl(INADDR_LOOPBACK + i);
    must(bind(receivers[i], (struct sockaddr *)&ip, sizeof(ip)), "bind");
    must(getsockname(receivers[i], (struct sockaddr *)&ip, &length), "getsockname");
  }
  ip.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sender = socket_of(AF_INET, SOCK_DGRAM);
}

/* The port is taken at both addresses. */
static void busy_addresses(void) {
  ip_receivers();
  must(close(sender), "close");
}

/* Two ports that differ in one bit. */
static void any_receivers(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof(at);
  do {
    at.sin_port = 0;
    receivers[0] = socket_of(AF_INET, SOCK_DGRAM);
    must(bind(receivers[0], (struct sockaddr *)&at, sizeof(at)), "bind");
    must(getsockname(receivers[0], (struct sockaddr *)&at, &length), "getsockname");
    ip.sin_port = at.sin_port;
    at.sin_port ^= htons(1);
    receivers[1] = socket_of(AF_INET, SOCK_DGRAM);
  } while (bind(receivers[1], (struct sockaddr *)&at, sizeof(at)));
  sender = socket_of(AF_INET, SOCK_DGRAM);
  turning = (char *)&ip.sin_port + 1;
  one = *turning;
  other = one ^ 1;
}

static void unix_receivers(void) {
  for (int i = 0; i < 2; i++) {
    receivers[i] = listen_at('a' + i, SOCK_DGRAM);
  }
  sender = socket_of(AF_UNIX, SOCK_DGRAM);
}

static void path_receivers(void) {
  unix_path();
  unix_receivers();
}

/* Nothing that can be started. */
static void make_text(void) {
  int fd = must(open("c", O_CREAT | O_WRONLY, 0700), "create");
  must(write(fd, "text", 4), "write");
  must(close(fd), "close");
}

static void turn_argument(void) {
  make_text();
  turning = &text[sizeof(text) - 2];
}

static void turn_variable(void) {
  make_text();
  turning = &variable[sizeof(variable) - 2];
}

/* No flipper is needed. */
static void turn_late(void) {
  pthread_t thread;
  sigset_t signals;
  make_text();
  sigemptyset(&signals);
  sigaddset(&signals, SIGIO);
  must(-pthread_sigmask(SIG_BLOCK, &signals, NULL), "sigmask");
  leased = must(open("c", O_RDONLY), "open");
  turning = &text[sizeof(text) - 2];
  must(-pthread_create(&thread, NULL, give_back, NULL), "pthread_create");
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

static void abstract_receivers(void) {
  abstract();
  unix_receivers();
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
    {"mount_device", "SYSCALL_MOUNT_X", "dev", "kdev", turn_device, try_mount_device},
    {"umount", "SYSCALL_UMOUNT2_X", "name", "kpath", two_mounts, try_umount},
    {"execve", "SYSCALL_EXECVE_19_X", "filename", "-", two_programs, try_execve},
    {"execve_failing", "SYSCALL_EXECVE_19_X", "filename", "-", one_file, try_execve_failing},
    {"connect_udp", "SOCKET_CONNECT_X", "addr", "kaddr", udp, try_connect_udp},
    {"connect_tcp", "SOCKET_CONNECT_X", "addr", "kaddr", tcp, try_connect_tcp},
    {"connect_unix", "SOCKET_CONNECT_X", "addr", "kaddr", unix_servers, try_connect_unix},
    {"connect_unix_failing", "SOCKET_CONNECT_X", "addr", "kaddr", unix_deaf,
     try_connect_unix_failing},
    {"connect_abstract", "SOCKET_CONNECT_X", "addr", "kaddr", abstract_servers, try_connect_unix},
    {"sendto_udp", "SOCKET_SENDTO_X", "tuple", "kaddr", ip_receivers, try_sendto_udp},
    {"sendto_unix", "SOCKET_SENDTO_X", "tuple", "kaddr", path_receivers, try_sendto_unix},
    {"sendto_abstract", "SOCKET_SENDTO_X", "tuple", "kaddr", abstract_receivers, try_sendto_unix},
    {"sendmsg_udp", "SOCKET_SENDMSG_X", "tuple", "kaddr", ip_receivers, try_sendmsg_udp},
    {"sendmsg_unix", "SOCKET_SENDMSG_X", "tuple", "kaddr", path_receivers, try_sendmsg_unix},
    {"sendmmsg_udp", "SOCKET_SENDMMSG_X", "tuple", "kaddr", ip_receivers, try_sendmmsg_udp},
    {"sendmmsg_unix", "SOCKET_SENDMMSG_X", "tuple", "kaddr", path_receivers, try_sendmmsg_unix},
    {"sendmmsg_abstract", "SOCKET_SENDMMSG_X", "tuple", "kaddr", abstract_receivers,
     try_sendmmsg_unix},
    {"sendto_any", "SOCKET_SENDTO_X", "tuple", "-", any_receivers, try_sendto_any},
    {"bind_failing", "SOCKET_BIND_X", "addr", "-", busy_addresses, try_bind_failing},
    {"execve_failing_args", "SYSCALL_EXECVE_19_X", "args", "-", turn_argument, fail_to_execute},
    {"execve_failing_env", "SYSCALL_EXECVE_19_X", "env", "-", turn_variable, fail_to_execute},
    {"execveat_failing_args", "SYSCALL_EXECVEAT_X", "args", "-", turn_argument,
     fail_to_execute_at},
    {"execve_failing_late", "SYSCALL_EXECVE_19_X", "args", "-", turn_late, fail_to_execute_late},
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
  stop = leased >= 0;
  if (pthread_create(&thread, NULL, flipper, NULL)) {
    die("pthread_create");
  }
  must(unshare(CLONE_FS), "unshare");
  run_on(0);
  close(MARK_BEGIN);
  for (long i = 0; i < tries; i++) {
    truths[i] = test->try();
    if (second && ++i < tries) {
      truths[i] = second;
    }
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
      printf("%s %s\n", tests[i].name, tests[i].event);
    } else if (argc >= 3 && !strcmp(argv[1], tests[i].name)) {
      still = argc == 4 && !strcmp(argv[3], "still");
      run(&tests[i], strtol(argv[2], NULL, 10));
      fflush(stdout);
      return 0;
    }
  }
  return argc == 2 ? 0 : 2;
}
