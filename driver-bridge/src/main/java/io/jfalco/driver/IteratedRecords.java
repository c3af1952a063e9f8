package io.jfalco.driver;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.L4Proto;
import io.jfalco.state.ThreadSpec;

/**
 * Makes descriptions of threads and descriptors from the records of the iterators. Of these records
 * the upper half of the thread id is the process.
 */
final class IteratedRecords {
  private static final long SHARED_BY_THREADS = 1 | 1 << 13;

  /**
   * As if the child's event of its start had been seen: the caller's, which may still come, then
   * does not make the child anew. For threads that have just been started.
   */
  private static final long CHILD_WAS_SEEN = 1 << 16;

  private static final long JUST_NANOS = 2_000_000_000L;
  private static final int EXE_WRITABLE = 1;
  private static final int EXE_UPPER_LAYER = 2;
  private static final int EXE_FROM_MEMFD = 4;
  private static final int EXE_LOWER_LAYER = 8;
  private static final int EXE_LIMIT = 1024;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int ANY_PROTOCOL = 0;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** By the numbers of table {@code anon_inode_fd_types}. */
  private static final FdType[] ANONYMOUS = {
    FdType.UNSUPPORTED,
    FdType.EVENT,
    FdType.EVENTPOLL,
    FdType.INOTIFY,
    FdType.SIGNALFD,
    FdType.TIMERFD,
    FdType.IO_URING,
    FdType.USERFAULTFD,
    FdType.PIDFD,
    FdType.BPF,
    FdType.BPF,
    FdType.BPF,
    FdType.BPF,
    FdType.UNSUPPORTED,
  };

  private IteratedRecords() {}

  static long pid(EventView event) {
    return event.tid() >>> 32;
  }

  static long tid(EventView event) {
    return event.tid() & 0xffffffffL;
  }

  /** Number of the system call that the thread of a record is in, or was in last; -1 none. */
  static int systemCall(EventView event) {
    return (int) (event.u32(7, 0) >>> 16) - 1;
  }

  /** Describes the thread of a record of type ITER_TASK_E. */
  static void thread(EventView event, long bootTime, ThreadSpec spec) {
    spec.clear();
    long tid = tid(event);
    long pid = pid(event);
    long vtid = event.u32(25, tid);
    long start = event.s64(29, 0);
    boolean isNew = event.timestamp() - start < JUST_NANOS;
    spec.ids(tid, pid, event.u32(0, -1))
        .virtualIds(vtid, event.u32(24, pid))
        .groups(event.u32(3, -1), event.u32(2, -1), event.u32(1, -1))
        .users(event.u32(11, -1), event.u32(12, -1), event.u32(31, -1))
        .tty(event.u32(30, 0))
        .flags((tid == pid ? 0 : SHARED_BY_THREADS) | (isNew ? CHILD_WAS_SEEN : 0))
        .fdLimit(event.s64(10, -1))
        .memory(event.u32(19, 0), event.u32(20, 0), event.u32(21, 0))
        .pageFaults(event.s64(22, 0), event.s64(23, 0))
        .capabilities(event.s64(15, 0), event.s64(13, 0), event.s64(14, 0))
        .exeFile(event.s64(16, 0), event.s64(17, 0), event.s64(18, 0))
        .start(start, vtid == tid ? bootTime : bootTime + event.s64(26, 0));
    event.text(4, spec.comm());
    arguments(event, spec);
    event.text(6, spec.exePath());
    marks((int) event.u32(7, 0), spec);
    event.bytes(8, spec.env());
    event.text(9, spec.cwd());
    event.bytes(27, spec.cgroups());
    event.text(28, spec.root());
    boolean hasNoMemory = event.isMissing(5) && event.isMissing(6) && event.u32(19, 0) == 0;
    if (tid == pid && hasNoMemory) {
      spec.ended();
    }
  }

  /** The first argument is the program, the others the arguments. */
  private static void arguments(EventView event, ThreadSpec spec) {
    int size = event.paramLength(5);
    if (size == 0) {
      return;
    }
    int at = event.paramOffset(5);
    int length = 0;
    while (length < size && event.buffer().get(at + length) != 0) {
      length++;
    }
    spec.exe().copyFrom(event.buffer(), at, Math.min(length, EXE_LIMIT));
    if (length + 1 < size) {
      spec.args().copyFrom(event.buffer(), at + length + 1, size - length - 1);
    }
  }

  private static void marks(int flags, ThreadSpec spec) {
    spec.exeMarks(
        (flags & EXE_WRITABLE) != 0,
        (flags & EXE_UPPER_LAYER) != 0,
        (flags & EXE_LOWER_LAYER) != 0,
        (flags & EXE_FROM_MEMFD) != 0);
  }

  /** Describes the descriptor of a record of one of the types ITER_TASK_FILE_*_E. */
  static void descriptor(EventView event, FdSpec spec) {
    spec.clear();
    long fd = event.s32(0, -1);
    EventType type = event.type();
    switch (type) {
      case ITER_TASK_FILE_PIPE_E -> named(event, fd, FdType.FIFO, spec);
      case ITER_TASK_FILE_MEMFD_E -> named(event, fd, FdType.MEMFD, spec);
      case ITER_TASK_FILE_DIRECTORY_E -> named(event, fd, FdType.DIRECTORY, spec);
      case ITER_TASK_FILE_REGULAR_E -> {
        spec.is(fd, FdType.FILE_V2, event.s64(4, 0)).file(event.u32(2, 0), 0, event.u32(3, 0));
        event.text(1, spec.name());
      }
      case ITER_TASK_FILE_SOCKET_INET_E -> inet(event, fd, 4, spec);
      case ITER_TASK_FILE_SOCKET_INET6_E -> inet(event, fd, 16, spec);
      case ITER_TASK_FILE_SOCKET_UNIX_E -> {
        spec.is(fd, FdType.UNIX, event.s64(5, 0)).unix(event.s64(3, 0), 0);
        event.text(4, spec.name());
      }
      case ITER_TASK_FILE_SOCKET_NETLINK_E -> spec.is(fd, FdType.NETLINK, event.s64(3, 0));
      case ITER_TASK_FILE_ANON_INODE_E -> {
        int kind = event.u8(1, 0);
        FdType known = kind < ANONYMOUS.length ? ANONYMOUS[kind] : FdType.UNSUPPORTED;
        spec.is(fd, known, event.s64(3, 0));
        event.text(2, spec.name());
      }
      default -> throw new IllegalArgumentException("no descriptor in " + type);
    }
    // Behind the parameters of the event comes what only the reader needs.
    if (event.u8(type.info().params().size(), 0) != 0) {
      spec.closeOnExec();
    }
  }

  private static void named(EventView event, long fd, FdType type, FdSpec spec) {
    spec.is(fd, type, event.s64(2, 0));
    event.text(1, spec.name());
  }

  /** A socket without a peer is taken for one that listens, as in Falco. */
  private static void inet(EventView event, long fd, int size, FdSpec spec) {
    boolean four = size == 4;
    int localPort = event.u16(4, 0);
    L4Proto protocol = protocol(event.u16(1, 0), event.u16(2, 0));
    if (isZero(event, 5)) {
      spec.is(fd, four ? FdType.IPV4_SERVER : FdType.IPV6_SERVER, event.s64(7, 0));
      address(event, 3, size, spec.destinationIp());
      spec.inet(protocol, 0, localPort);
      return;
    }
    spec.is(fd, four ? FdType.IPV4 : FdType.IPV6, event.s64(7, 0));
    address(event, 3, size, spec.sourceIp());
    address(event, 5, size, spec.destinationIp());
    spec.inet(protocol, localPort, event.u16(6, 0));
  }

  private static boolean isZero(EventView event, int param) {
    int at = event.paramOffset(param);
    for (int i = 0; i < event.paramLength(param); i++) {
      if (event.buffer().get(at + i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void address(EventView event, int param, int size, byte[] into) {
    int at = event.paramOffset(param);
    for (int i = 0; i < Math.min(size, event.paramLength(param)); i++) {
      into[i] = event.buffer().get(at + i);
    }
  }

  private static L4Proto protocol(int type, int protocol) {
    return switch (type) {
      case STREAM -> protocol == TCP || protocol == ANY_PROTOCOL ? L4Proto.TCP : L4Proto.UNKNOWN;
      case DATAGRAM -> {
        if (protocol == UDP || protocol == ANY_PROTOCOL) {
          yield L4Proto.UDP;
        }
        yield protocol == ICMP ? L4Proto.ICMP : L4Proto.UNKNOWN;
      }
      case RAW -> L4Proto.RAW;
      default -> L4Proto.UNKNOWN;
    };
  }
}
