package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/** Descriptors other than files and sockets, and what copies and closes descriptors. */
final class DescriptorEvents {
  private static final int FCNTL_DUPFD = 1;
  private static final int FCNTL_SETFD = 3;
  private static final int FCNTL_DUPFD_CLOEXEC = 26;
  private static final long FD_CLOEXEC = 1;
  private static final long RAW_CLOSE_ON_EXEC = 0x80000;
  private static final long RANGE_UNSHARE = 2;
  private static final long RANGE_CLOEXEC = 4;

  private final HostState state;
  private final FdStore fds;

  DescriptorEvents(HostState state) {
    this.state = state;
    this.fds = state.fds();
  }

  /** Adds what the call returned; flags from a parameter, of whatever width, if there is one. */
  void create(EventView event, EventContext context, FdType type, int flagsParam) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      long flags =
          flagsParam < 0 ? 0 : event.number(flagsParam, io.jfalco.event.ParamType.UINT32, 0);
      add(context, number, take(context, type, flags));
    }
  }

  void epollCreate1(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      boolean closes = (event.u32(1, 0) & FileFlags.EPOLL_CLOSE_ON_EXEC) != 0;
      long flags = closes ? FileFlags.CLOSE_ON_EXEC : 0;
      add(context, number, take(context, FdType.EVENTPOLL, flags));
    }
  }

  /** As in Falco, also for the many commands that return 0 for success. */
  void bpf(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      add(context, number, take(context, FdType.BPF, FileFlags.CLOSE_ON_EXEC));
    }
  }

  void userfaultfd(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      boolean closes = (event.u32(1, 0) & RAW_CLOSE_ON_EXEC) != 0;
      long flags = closes ? FileFlags.CLOSE_ON_EXEC : 0;
      add(context, number, take(context, FdType.USERFAULTFD, flags));
    }
  }

  void ioUring(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      add(context, number, take(context, FdType.IO_URING, FileFlags.CLOSE_ON_EXEC));
    }
  }

  void memfdCreate(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      FdInfo fd = take(context, FdType.MEMFD, event.u32(2, 0));
      event.text(1, fd.name);
      add(context, number, fd);
    }
  }

  void pidfdOpen(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      FdInfo fd = take(context, FdType.PIDFD, event.u32(2, 0) | FileFlags.CLOSE_ON_EXEC);
      fd.pid = event.s64(1, -1);
      Bytes name = fd.name;
      name.appendAscii(state.hostRoot()).appendAscii("/proc/").appendDecimal(fd.pid);
      add(context, number, fd);
    }
  }

  /** The descriptor of another process becomes one of this process as well. */
  void pidfdGetfd(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    FdInfo pidfd = context.thread.fds().get(event.s64(1, -1));
    if (number < 0 || pidfd == null || pidfd.type != FdType.PIDFD) {
      return;
    }
    ThreadInfo owner = state.thread(pidfd.pid);
    FdInfo target = owner == null ? null : owner.fds().get(event.s64(2, -1));
    if (target != null) {
      copy(context, target, number, FileFlags.CLOSE_ON_EXEC);
    }
  }

  void pipe(EventView event, EventContext context) {
    if (event.s64(0, -1) < 0) {
      return;
    }
    long flags = event.type() == EventType.SYSCALL_PIPE2_X ? event.u32(4, 0) : 0;
    for (int end = 1; end <= 2; end++) {
      long number = event.s64(end, -1);
      if (number >= 0) {
        FdInfo fd = take(context, FdType.FIFO, flags);
        fd.inode = event.s64(3, 0);
        add(context, number, fd);
      }
    }
  }

  void dup(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number < 0 || context.fd == null) {
      return;
    }
    if (number <= 1) {
      context.thread.flags |= number == 0 ? CloneFlags.PIPE_DESTINATION : CloneFlags.PIPE_SOURCE;
    }
    if (number == context.fdNumber) {
      return; // dup2 of a descriptor to itself leaves it as it is.
    }
    boolean closes =
        event.type() == EventType.SYSCALL_DUP3_X
            && (event.u32(3, 0) & FileFlags.CLOSE_ON_EXEC) != 0;
    copy(context, context.fd, number, closes ? FileFlags.CLOSE_ON_EXEC : 0);
  }

  void fcntl(EventView event, EventContext context) {
    long result = event.s64(0, -1);
    if (result < 0 || context.fd == null) {
      return;
    }
    switch (event.u8(2, 0)) {
      case FCNTL_SETFD -> {
        context.fd = fds.own(context.thread.fds(), context.fd);
        context.fd.clearCloseOnExec();
        if ((event.s64(3, 0) & FD_CLOEXEC) != 0) {
          context.fd.openFlags |= FileFlags.CLOSE_ON_EXEC;
        }
      }
      case FCNTL_DUPFD -> copy(context, context.fd, result, 0);
      case FCNTL_DUPFD_CLOEXEC -> copy(context, context.fd, result, FileFlags.CLOSE_ON_EXEC);
      default -> {
        // Changes nothing that is kept.
      }
    }
  }

  void closeRange(EventView event, EventContext context) {
    if (event.s64(0, -1) < 0) {
      return;
    }
    long flags = event.u32(3, 0);
    if ((flags & RANGE_UNSHARE) != 0) {
      fds.unshare(context.thread);
    }
    FdTable table = context.thread.fds();
    long first = event.u32(1, 0);
    long last = event.u32(2, 0);
    boolean marks = (flags & RANGE_CLOEXEC) != 0;
    for (long i = Math.min(last, table.lowEnd() - 1); i >= first; i--) {
      FdInfo fd = table.get(i);
      if (fd != null && marks) {
        fds.own(table, fd).openFlags |= FileFlags.CLOSE_ON_EXEC;
      } else if (fd != null) {
        fds.remove(table, i);
      }
    }
    if (table.high() != null && table.high().size() > 0) {
      if (marks) {
        fds.markHigh(table, first, last);
      } else {
        fds.removeHigh(table, first, last, false);
      }
    }
  }

  /** Adds a copy of a descriptor at another number. */
  private void copy(EventContext context, FdInfo from, long number, long closeOnExec) {
    FdInfo fd = fds.take();
    fd.copyFrom(from);
    fd.ownerTid = context.thread.tid;
    fd.clearCloseOnExec();
    fd.openFlags |= closeOnExec;
    context.created(fds.put(context.thread.fds(), number, fd), number);
    context.fdNameChanged = false;
  }

  private FdInfo take(EventContext context, FdType type, long flags) {
    FdInfo fd = fds.take();
    fd.type = type;
    fd.openFlags = flags;
    fd.ownerTid = context.thread.tid;
    return fd;
  }

  private void add(EventContext context, long number, FdInfo fd) {
    context.created(fds.put(context.thread.fds(), number, fd), number);
  }
}
