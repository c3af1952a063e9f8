/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 32-bit system calls, made by int 0x80: the same events as of the 64-bit ones, from structures and
 * arguments of 32 bits. All that they point to lies in memory below 4 GiB.
 */
#include "net.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

typedef uint32_t u32;

#define LOW_SIZE 65536
static char *low;
static size_t low_used;

static __attribute__((noinline)) long call32(u32 number, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f) {
  long res;
  __asm__ volatile("lea -128(%%rsp), %%rsp\n\tpush %%rbp\n\tmov %[f], %%ebp\n\tint $0x80\n\t"
                   "pop %%rbp\n\tlea 128(%%rsp), %%rsp"
                   : "=a"(res)
                   : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e), [f] "r"(f)
                   : "memory", "r8", "r9", "r10", "r11");
  return res;
}
#define C6(n, a, b, c, d, e, f) \
  call32(n, (u32)(long)(a), (u32)(long)(b), (u32)(long)(c), (u32)(long)(d), (u32)(long)(e), (u32)(long)(f))
#define C5(n, a, b, c, d, e) C6(n, a, b, c, d, e, 0xbad0006)
#define C4(n, a, b, c, d) C5(n, a, b, c, d, 0xbad0005)
#define C3(n, a, b, c) C4(n, a, b, c, 0xbad0004)
#define C2(n, a, b) C3(n, a, b, 0xbad0003)
#define C1(n, a) C2(n, a, 0xbad0002)
#define C0(n) C1(n, 0xbad0001)
#define C_PICK(n, a, b, c, d, e, f, name, ...) name
#define CALL32(...) C_PICK(__VA_ARGS__, C6, C5, C4, C3, C2, C1, C0)(__VA_ARGS__)

#define PAIR(value) (u32)(value), (u32)((uint64_t)(value) >> 32)

static void prepare_low(void) {
  low = mmap(NULL, LOW_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  must(low == MAP_FAILED ? -errno : 0, "mmap below 4 GiB");
  memset(low, 0, LOW_SIZE);
}

/* A copy below 4 GiB. */
static void *in_low(const void *value, size_t size) {
  if (low == NULL) {
    prepare_low();
  }
  if (low_used + size > LOW_SIZE) {
    must(-ENOSPC, "too much memory below 4 GiB");
  }
  void *at = low + low_used;
  low_used += (size + 15) & ~(size_t)15;
  return memcpy(at, value, size);
}

static char *low_text(const char *value) { return in_low(value, strlen(value) + 1); }

#define ADDRESS(pointer) ((u32)(unsigned long)(pointer))

/* Some kernels do not do 32-bit calls; a process that tries dies then. */
bool ia32_is_possible(void) {
  pid_t child = fork();
  if (child == 0) {
    _exit(CALL32(20) == getpid() ? 0 : 1);
  }
  return wait_for(child) == 0;
}

/* The texts of a NULL-ended array and their array, below 4 GiB. */
static u32 low_texts(char *const *texts) {
  u32 low_array[16] = {0};
  for (int i = 0; texts[i] != NULL; i++) {
    low_array[i] = ADDRESS(low_text(texts[i]));
  }
  return ADDRESS(in_low(low_array, sizeof(low_array)));
}

long ia32_execve(const char *path, char *const *argv, char *const *env) {
  return CALL32(11, low_text(path), low_texts(argv), low_texts(env));
}

struct iovec32 {
  u32 base, length;
};

struct msghdr32 {
  u32 name;
  int32_t name_length;
  u32 vector, count, control, control_length, flags;
};

struct mmsghdr32 {
  struct msghdr32 header;
  u32 length;
};

static void run_files(void) {
  char *path = low_text("file of 32 bits");
  char *absent = low_text("absent");
  char *buffer = in_low("0123456789", 11);
  begin();
  long fd = CALL32(5, path, O_CREAT | O_RDWR | 0100000, 0640);
  struct stat facts;
  must(fd, "open");
  must(SYS(SYS_fstat, fd, &facts), "fstat");
  expect("SYSCALL_OPEN_X", "fd=%ld name=%s flags=%u mode=%u dev=%lu ino=%lu", fd, text(path),
         file_flags__O_RDWR | file_flags__O_CREAT | file_flags__O_LARGEFILE |
             file_flags__O_F_CREATED,
         0640u,
         (unsigned long)facts.st_dev, (unsigned long)facts.st_ino);
  long res = CALL32(295, AT_FDCWD, absent, O_RDONLY, 0);
  expect("SYSCALL_OPENAT_2_X", "fd=%ld dirfd=%d name=absent flags=%u mode=0 dev=0 ino=0", res,
         PORTABLE_AT_FDCWD, file_flags__O_RDONLY);
  res = CALL32(4, fd, buffer, 10);
  expect("SYSCALL_WRITE_X", "res=%ld data=0123456789 fd=%ld size=10", must(res, "write"), fd);
  res = CALL32(19, fd, -3, SEEK_CUR);
  expect("SYSCALL_LSEEK_X", "res=%ld fd=%ld offset=%lu whence=1", must(res, "lseek"), fd,
         (unsigned long)-3L);
  res = CALL32(140, fd, 1, 2, buffer, SEEK_SET);
  expect("SYSCALL_LSEEK_X", "res=%ld fd=%ld offset=%lu whence=0", must(res, "_llseek"), fd,
         (1UL << 32) + 2);
  res = CALL32(180, fd, buffer, 4, PAIR(3));
  expect("SYSCALL_PREAD_X", "res=%ld data=3456 fd=%ld size=4 pos=3", must(res, "pread64"), fd);
  res = CALL32(181, fd, buffer, 4, PAIR(5L << 32 | 7));
  expect("SYSCALL_PWRITE_X", "res=%ld data=3456 fd=%ld size=4 pos=%lu", must(res, "pwrite64"), fd,
         5UL << 32 | 7);
  res = CALL32(6, BAD_FD);
  expect("SYSCALL_CLOSE_X", "res=%ld fd=%d", res, BAD_FD);
  res = CALL32(195, absent, buffer);
  expect("SYSCALL_STAT_X", "res=%ld path=absent", res);
  res = CALL32(300, -1, absent, buffer, AT_SYMLINK_NOFOLLOW);
  expect("SYSCALL_NEWFSTATAT_X", "res=%ld dirfd=-1 path=absent flags=%u", res,
         newfstatat_flags__AT_SYMLINK_NOFOLLOW);
  res = CALL32(22, absent);
  expect("SYSCALL_UMOUNT2_X", "res=%ld name=absent flags=0", res);
  end();
}

static void run_vectors(void) {
  struct iovec32 parts[2] = {{ADDRESS(low_text("first ")), 6}, {ADDRESS(low_text("second")), 6}};
  void *vector = in_low(parts, sizeof(parts));
  long fd = must(SYS(SYS_open, "vectors", O_CREAT | O_RDWR, 0600), "open");
  begin();
  long res = CALL32(146, fd, vector, 2);
  expect("SYSCALL_WRITEV_X", "res=%ld data=first%%20second fd=%ld size=12", must(res, "writev"),
         fd);
  res = CALL32(333, fd, vector, 2, PAIR(0));
  expect("SYSCALL_PREADV_X", "res=%ld size=12 data=first%%20second fd=%ld pos=0",
         must(res, "preadv"), fd);
  res = CALL32(334, fd, vector, 1, PAIR(1L << 32));
  expect("SYSCALL_PWRITEV_X", "res=%ld data=first%%20 fd=%ld size=6 pos=%lu", must(res, "pwritev"),
         fd, 1UL << 32);
  res = CALL32(145, BAD_FD, vector, 2);
  expect("SYSCALL_READV_X", "res=%ld size=0 data=- fd=%d", res, BAD_FD);
  res = CALL32(347, getpid(), vector, 1, (char *)vector + 8, 1, 0);
  expect("SYSCALL_PROCESS_VM_READV_X", "res=%ld pid=%d data=second", must(res, "process_vm_readv"),
         getpid());
  end();
}

static void expect_send(const char *event, long res, long fd, const char *data, size_t size,
                        const char *tuple) {
  expect(event, "res=%ld data=%s fd=%ld size=%zu tuple=%s", res, data, fd, size, tuple);
}

/* socketcall: the number of the call, and an array of its arguments. */
static long socketcall(int call, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f) {
  u32 args[6] = {a, b, c, d, e, f};
  return CALL32(102, call, in_low(args, sizeof(args)));
}

static void run_socketcall(void) {
  struct address to = bound_address(new_server(AF_INET, SOCK_DGRAM, NULL));
  void *address = in_low(&to, to.length);
  char *data = low_text("datagram");
  begin();
  long fd = socketcall(1, AF_INET, SOCK_DGRAM, 0, 0, 0, 0);
  expect("SOCKET_SOCKET_X", "fd=%ld domain=2 type=2 proto=0 flags=0", must(fd, "socket"));
  long res = socketcall(11, (u32)fd, ADDRESS(data), 8, 0, ADDRESS(address), to.length);
  expect_send("SOCKET_SENDTO_X", must(res, "sendto"), fd, "datagram", 8, tuple_text(fd, true, &to));
  res = socketcall(3, (u32)fd, ADDRESS(address), to.length, 0, 0, 0);
  expect("SOCKET_CONNECT_X", "res=%ld tuple=%s fd=%ld addr=%s", must(res, "connect"),
         tuple_text(fd, true, NULL), fd, address_text(&to));
  res = socketcall(9, (u32)fd, ADDRESS(data), 4, 0, 0xbad, 0xbad);
  expect_send("SOCKET_SENDTO_X", must(res, "send"), fd, "data", 4, tuple_text(fd, true, NULL));
  res = socketcall(4, BAD_FD, 7, 0, 0, 0, 0);
  expect("SOCKET_LISTEN_X", "res=%ld fd=%d backlog=7", res, BAD_FD);
  res = socketcall(5, BAD_FD, 0, 0, 0, 0, 0);
  expect("SOCKET_ACCEPT_5_X", "fd=%ld tuple=- queuepct=0 queuelen=0 queuemax=0", res);
  res = CALL32(361, BAD_FD, address, to.length);
  expect("SOCKET_BIND_X", "res=%ld addr=%s fd=%d", res, address_text(&to), BAD_FD);
  CALL32(102, 99, data);
  CALL32(102, 3, 16);
  u32 time[2] = {3, 500};
  res = CALL32(366, fd, SOL_SOCKET, SO_RCVTIMEO, in_low(time, sizeof(time)), 8);
  expect("SOCKET_SETSOCKOPT_X", "res=%ld fd=%ld level=%u optname=%u val=4:3000500000 optlen=8",
         must(res, "setsockopt"), fd, sockopt_levels__SOL_SOCKET, sockopt_options__SO_RCVTIMEO);
  end();
}

static void run_messages(void) {
  long server = new_server(AF_INET, SOCK_DGRAM, NULL);
  struct address to = bound_address(server);
  struct iovec32 parts[2] = {{ADDRESS(low_text("hello ")), 6}, {ADDRESS(low_text("world")), 5}};
  struct msghdr32 header = {.name = ADDRESS(in_low(&to, to.length)),
                            .name_length = (int32_t)to.length,
                            .vector = ADDRESS(in_low(parts, sizeof(parts))),
                            .count = 2};
  struct mmsghdr32 many[2] = {{header, 0}, {header, 0}};
  long fd = new_socket(AF_INET, SOCK_DGRAM);
  connect_to(fd, &to);
  struct mmsghdr32 *messages = in_low(many, sizeof(many));
  void *message = in_low(&header, sizeof(header));
  begin();
  long res = CALL32(370, fd, message, 0);
  expect_send("SOCKET_SENDMSG_X", must(res, "sendmsg"), fd, "hello%20world", 11,
              tuple_text(fd, true, NULL));
  res = CALL32(345, fd, messages, 2, 0);
  must(res == 2 ? 0 : -EPROTO, "sendmmsg");
  for (int i = 0; i < 2; i++) {
    expect("SOCKET_SENDMMSG_X", "res=11 fd=%ld size=11 data=hello%%20world tuple=%s", fd,
           tuple_text(fd, true, NULL));
  }
  struct address from = bound_address(fd);
  res = CALL32(372, server, message, 0);
  expect("SOCKET_RECVMSG_X", "res=%ld size=11 data=hello%%20world tuple=%s msgcontrol=- fd=%ld",
         must(res, "recvmsg"), tuple_text(server, false, &from), server);
  res = CALL32(337, server, messages, 2, 0, 0);
  must(res == 2 ? 0 : -EPROTO, "recvmmsg");
  for (int i = 0; i < 2; i++) {
    expect("SOCKET_RECVMMSG_X", "res=11 fd=%ld size=11 data=hello%%20world tuple=%s msgcontrol=-",
           server, tuple_text(server, false, &from));
  }
  end();
}

#define PAGE 4096
#define SIZES "vm_size=>0 vm_rss=>0 vm_swap=>=0"

static void run_memory(void) {
  long fd = must(SYS(SYS_open, "mapped", O_CREAT | O_RDWR, 0600), "open");
  must(SYS(SYS_ftruncate, fd, 4 * PAGE), "ftruncate");
  u32 old[6] = {0, PAGE, PROT_READ, MAP_PRIVATE, (u32)fd, PAGE};
  void *arguments = in_low(old, sizeof(old));
  begin();
  long at = CALL32(90, arguments);
  expect("SYSCALL_MMAP_X", "res=%ld " SIZES " addr=0 length=4096 prot=%u flags=%u fd=%ld offset=4096",
         at, prot_flags__PROT_READ, mmap_flags__MAP_PRIVATE, fd);
  long res = CALL32(192, 0, PAGE, PROT_READ, MAP_SHARED, fd, 3);
  expect("SYSCALL_MMAP_X",
         "res=%ld " SIZES " addr=0 length=4096 prot=%u flags=%u fd=%ld offset=12288", res,
         prot_flags__PROT_READ, mmap_flags__MAP_SHARED, fd);
  res = CALL32(91, at, PAGE);
  expect("SYSCALL_MUNMAP_X", "res=%ld " SIZES " addr=%lu length=4096", res, (unsigned long)at);
  end();
}

static void run_waits(void) {
  u32 short_time[2] = {0, 4321};
  uint64_t long_time[2] = {0, 8765};
  begin();
  long res = CALL32(162, in_low(short_time, sizeof(short_time)), 0);
  expect("SYSCALL_NANOSLEEP_X", "res=%ld interval=4321", must(res, "nanosleep"));
  res = CALL32(309, 0, 0, in_low(short_time, sizeof(short_time)), 0, 8);
  expect("SYSCALL_PPOLL_X", "res=%ld fds=0 timeout=>=0 sigmask=0", must(res, "ppoll"));
  res = CALL32(414, 0, -1, in_low(long_time, sizeof(long_time)), 0, 8);
  expect("SYSCALL_PPOLL_X", "res=%ld fds=0 timeout=0..8765 sigmask=0", res);
  end();
}

static void run_limits(void) {
  u32 limits[2] = {300, 0xffffffff};
  void *limit = in_low(limits, sizeof(limits));
  begin();
  long res = CALL32(75, RLIMIT_CORE, limit);
  expect("SYSCALL_SETRLIMIT_X", "res=%ld cur=300 max=-1 resource=%u", res,
         rlimit_resources__RLIMIT_CORE);
  res = CALL32(191, RLIMIT_CORE, limit);
  expect("SYSCALL_GETRLIMIT_X", "res=%ld cur=300 max=-1 resource=%u", must(res, "getrlimit"),
         rlimit_resources__RLIMIT_CORE);
  end();
}

/* Old calls have user and group numbers of 16 bits, in which -1 is 65535. */
static void run_owners(void) {
  char *path = low_text("owned");
  u32 *ids = in_low(&(u32[3]){0, 0, 0}, 12);
  must(SYS(SYS_close, must(SYS(SYS_creat, path, 0600), "creat")), "close");
  begin();
  long res = CALL32(182, path, 0xffff, 77);
  expect("SYSCALL_CHOWN_X", "res=%ld path=owned uid=%u gid=77", must(res, "chown"), -1u);
  res = CALL32(212, path, 70000, -1);
  expect("SYSCALL_CHOWN_X", "res=%ld path=owned uid=70000 gid=%u", must(res, "chown32"), -1u);
  res = CALL32(210, 11, 12, 13);
  expect("SYSCALL_SETRESGID_X", "res=%ld rgid=11 egid=12 sgid=13", must(res, "setresgid32"));
  res = CALL32(171, ids, (char *)ids + 2, (char *)ids + 4);
  expect("SYSCALL_GETRESGID_X", "res=%ld rgid=11 egid=12 sgid=13", must(res, "getresgid"));
  res = CALL32(208, 70001, 70002, 0);
  expect("SYSCALL_SETRESUID_X", "res=%ld ruid=70001 euid=70002 suid=0", must(res, "setresuid32"));
  res = CALL32(209, ids, ids + 1, ids + 2);
  expect("SYSCALL_GETRESUID_X", "res=%ld ruid=70001 euid=70002 suid=0", must(res, "getresuid32"));
  expect("SYSCALL_GETUID_X", "uid=%ld", CALL32(199));
  end();
}

static void run_ipc(void) {
  struct {
    uint16_t number;
    int16_t operation, flags;
  } operation = {1, 3, 0};
  u32 value = 9;
  must(SYS(SYS_unshare, CLONE_NEWIPC), "unshare");
  begin();
  long set = CALL32(117, 2, 0, 2, 01600, 0, 0);
  expect("SYSCALL_SEMGET_X", "res=%ld key=0 nsems=2 semflg=%u", must(set, "semget"),
         semget_flags__IPC_CREAT);
  long res = CALL32(117, 3, set, 0, 16 | 0x100, in_low(&value, sizeof(value)), 0);
  expect("SYSCALL_SEMCTL_X", "res=%ld semid=%ld semnum=0 cmd=%u val=9", must(res, "semctl"), set,
         semctl_commands__SETVAL);
  res = CALL32(117, 1, set, 1, 0, in_low(&operation, sizeof(operation)), 0);
  expect("SYSCALL_SEMOP_X",
         "res=%ld nsops=1 sem_num_0=1 sem_op_0=3 sem_flg_0=0 sem_num_1=0 sem_op_1=0 sem_flg_1=0 "
         "semid=%ld",
         must(res, "semop"), set);
  end();
}

static void run_other(void) {
  u32 narrow = 5;
  uint64_t wide = 6;
  long in = must(SYS(SYS_open, "/proc/self/exe", O_RDONLY), "open");
  long out = must(SYS(SYS_open, "out", O_CREAT | O_RDWR, 0600), "open");
  u32 *offset = in_low(&narrow, sizeof(narrow));
  uint64_t *offset64 = in_low(&wide, sizeof(wide));
  offset[1] = 0xffffffff;
  begin();
  long res = CALL32(187, out, in, offset, 10);
  expect("SYSCALL_SENDFILE_X", "res=%ld offset=15 out_fd=%ld in_fd=%ld size=10",
         must(res, "sendfile"), out, in);
  res = CALL32(239, out, in, offset64, 10);
  expect("SYSCALL_SENDFILE_X", "res=%ld offset=16 out_fd=%ld in_fd=%ld size=10",
         must(res, "sendfile64"), out, in);
  res = CALL32(322, 1, 0); /* the number of execveat in the 64-bit table */
  expect("SYSCALL_TIMERFD_CREATE_X", "res=%ld clockid=1 flags=0", must(res, "timerfd_create"));
  end();
}

static void run_generic(void) {
  char *path = low_text("no such link");
  pid_t tid = main_tid; /* expect() would ask for it, with a generic call */
  begin();
  CALL32(20);
  expect_of(tid, "GENERIC_X", "ID=%d nativeID=%d", 16, NR_getpid);
  CALL32(85, path, 0, 0);
  expect_of(tid, "GENERIC_X", "ID=* nativeID=%d", NR_readlink);
  CALL32(35); /* no such call in either table */
  end();
}

#define IN_CHILD(name)            \
  static void name##_case(void) { \
    in_child(run_##name);         \
  }
IN_CHILD(limits)
IN_CHILD(owners)
IN_CHILD(ipc)

const struct test_case ia32_cases[] = {
    {"ia32_files", run_files},           {"ia32_vectors", run_vectors},
    {"ia32_socketcall", run_socketcall}, {"ia32_messages", run_messages},
    {"ia32_memory", run_memory},         {"ia32_waits", run_waits},
    {"ia32_limits", limits_case},        {"ia32_owners", owners_case},
    {"ia32_ipc", ipc_case},              {"ia32_other", run_other},
    {"ia32_generic", run_generic},
    {NULL, NULL},
};
