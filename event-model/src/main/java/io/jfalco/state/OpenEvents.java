package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/**
 * The open family. What the enter event told counts more than what the exit event tells of the same
 * argument, because another thread may have changed it meanwhile.
 */
final class OpenEvents {
  /** The dirfd that stands for the working directory. */
  static final long CURRENT_DIRECTORY = -100;

  private static final Bytes NOT_AVAILABLE = Bytes.of("<NA>");
  private static final Bytes UNKNOWN_DIRECTORY = Bytes.of("<UNKNOWN>");
  private static final Bytes DOT = Bytes.of(".");
  private static final Bytes NOTHING = Bytes.of("");

  private final HostState state;
  private final Bytes directory = new Bytes();
  private final Bytes opened = new Bytes();

  OpenEvents(HostState state) {
    this.state = state;
  }

  /** Keeps what an enter event tells; rules never see these events. */
  void enter(EventView event, EventContext context) {
    event.stateOnly(true);
    EventType type = event.type();
    boolean always = type == EventType.SOCKET_CONNECT_E || type == EventType.SYSCALL_EXECVEAT_E;
    if (!always && event.isMissing(0)) {
      return;
    }
    ThreadInfo thread = context.thread;
    if (thread.enter == null) {
      thread.enter = new EnterEvent();
    }
    EnterEvent enter = thread.enter;
    enter.type = type;
    enter.argument.clear();
    switch (type) {
      case SYSCALL_OPEN_E -> keepPath(enter, event, 0, event.u32(1, 0));
      case SYSCALL_CREAT_E -> keepPath(enter, event, 0, 0);
      case SOCKET_CONNECT_E -> event.bytes(1, enter.argument);
      case SYSCALL_EXECVE_19_E -> keepPath(enter, event, 0, 0);
      default -> {
        enter.dirfd = event.s64(0, -1);
        keepPath(enter, event, 1, event.u32(2, 0));
      }
    }
    state.counters().storedEnterEvents++;
  }

  private static void keepPath(EnterEvent enter, EventView event, int param, long flags) {
    event.text(param, enter.argument);
    enter.flags = flags;
  }

  /** What the enter event of this call told, or null. */
  static EnterEvent enterOf(EventView event, ThreadInfo thread, StateCounters counters) {
    EnterEvent enter = thread.enter;
    boolean same =
        enter != null && enter.type != null && enter.type.ordinal() + 1 == event.type().ordinal();
    if (!same) {
      return null;
    }
    counters.retrievedEnterEvents++;
    return enter;
  }

  /** Adds the descriptor that was opened. */
  void exit(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number < 0) {
      return;
    }
    ThreadInfo thread = context.thread;
    FdInfo fd = state.fds().take();
    fd.ownerTid = thread.tid;
    EnterEvent enter = enterOf(event, thread, state.counters());
    switch (event.type()) {
      case SYSCALL_OPEN_X -> {
        name(fd, event, 1, enter);
        fd.openFlags = flags(event.u32(2, 0), enter);
        device(fd, event, 4);
        join(fd, thread.cwd());
        kernelName(fd, event, 6);
      }
      case SYSCALL_CREAT_X -> {
        name(fd, event, 1, enter);
        device(fd, event, 3);
        if (!event.isMissing(4)) {
          fd.openFlags = creatFlags(event.u16(5, 0));
        }
        join(fd, thread.cwd());
        kernelName(fd, event, 6);
      }
      case SYSCALL_OPENAT_2_X -> openat(fd, event, thread, enter, 5);
      case SYSCALL_OPENAT2_X -> openat(fd, event, thread, enter, 6);
      default -> {
        event.text(3, fd.nameRaw);
        fd.openFlags = event.u32(2, 0);
        device(fd, event, 4);
        join(fd, NOTHING);
        kernelName(fd, event, 3);
      }
    }
    fd.type = (fd.openFlags & FileFlags.DIRECTORY) != 0 ? FdType.DIRECTORY : FdType.FILE_V2;
    if ((fd.openFlags & FileFlags.UPPER_LAYER) != 0) {
      fd.mark(FdInfo.UPPER_LAYER);
    }
    if ((fd.openFlags & FileFlags.LOWER_LAYER) != 0) {
      fd.mark(FdInfo.LOWER_LAYER);
    }
    context.created(state.fds().put(thread.fds(), number, fd), number);
  }

  private void openat(
      FdInfo fd, EventView event, ThreadInfo thread, EnterEvent enter, int deviceParam) {
    if (event.isMissing(2)) {
      fd.nameRaw.copyFrom(NOT_AVAILABLE);
    }
    boolean fromEnter = name(fd, event, 2, enter);
    fd.openFlags = flags(event.u32(3, 0), enter);
    device(fd, event, deviceParam);
    if (fd.nameRaw.length() > 0 && fd.nameRaw.at(0) == '/') {
      join(fd, DOT);
    } else if (fromEnter) {
      join(fd, directory(thread, enter.dirfd, directory));
    } else {
      join(fd, event.isMissing(1) ? NOTHING : directory(thread, event.s64(1, -1), directory));
    }
    kernelName(fd, event, deviceParam + 2);
  }

  /** Takes the path as the caller gave it; true when it is the one of the enter event. */
  private static boolean name(FdInfo fd, EventView event, int param, EnterEvent enter) {
    if (enter != null && !enter.argument.sameAs(NOT_AVAILABLE)) {
      fd.nameRaw.copyFrom(enter.argument);
      return true;
    }
    event.text(param, fd.nameRaw);
    return false;
  }

  private static long flags(long flags, EnterEvent enter) {
    if (enter == null || enter.argument.sameAs(NOT_AVAILABLE)) {
      return flags;
    }
    return enter.flags | flags & -FileFlags.CREATED;
  }

  private static long creatFlags(int creatFlags) {
    if ((creatFlags & 1) != 0) {
      return FileFlags.UPPER_LAYER;
    }
    return (creatFlags & 2) != 0 ? FileFlags.LOWER_LAYER : 0;
  }

  private static void device(FdInfo fd, EventView event, int param) {
    if (!event.isMissing(param)) {
      fd.device = event.u32(param, 0);
      fd.inode = event.s64(param + 1, 0);
    }
  }

  /** Takes the path that the kernel opened; kept apart only where it is another one. */
  private void kernelName(FdInfo fd, EventView event, int param) {
    if (!event.text(param, opened)) {
      return;
    }
    if (!opened.sameAs(fd.name)) {
      fd.writableKernelName().copyFrom(opened);
    }
    fd.mark(FdInfo.KERNEL_NAME);
  }

  private static void join(FdInfo fd, Bytes from) {
    if (from.length() + fd.nameRaw.length() <= Paths.LIMIT && Paths.isCleanAbsolute(fd.nameRaw)) {
      fd.name.view(fd.nameRaw);
    } else {
      Paths.join(fd.name, from, fd.nameRaw);
    }
  }

  /** The directory that a relative path starts from, ending with a slash. */
  static Bytes directory(ThreadInfo thread, long dirfd, Bytes scratch) {
    if (dirfd == CURRENT_DIRECTORY) {
      return thread.cwd();
    }
    FdInfo fd = dirfd < 0 ? null : thread.fds().get(dirfd);
    if (fd == null) {
      return UNKNOWN_DIRECTORY;
    }
    if (fd.name.isEmpty() || fd.name.at(fd.name.length() - 1) == '/') {
      return fd.name;
    }
    return scratch.copyFrom(fd.name).append('/');
  }
}
