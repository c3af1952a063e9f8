package io.jfalco.state;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies events to the state and says what they refer to. For each event, {@link #apply} comes
 * before the rules and {@link #finish} after them: what an event closes or ends is removed only
 * then. Owned by the event-loop thread; allocates nothing once its tables have grown. Short and
 * strange records change nothing, and never throw.
 */
public final class StateUpdater {
  /** Most times in a second that an unknown thread is looked for. */
  private static final int LOOKUPS_PER_SECOND = 1000;

  private static final long SECOND = 1_000_000_000L;
  private static final long INTERRUPTED = -4;
  private static final long IO_ERROR = -5;
  private static final long NO_SPACE = -28;
  private static final int EXIT = EventType.PROCEXIT_1_E.ordinal();
  private static final int SWITCH = EventType.SCHEDSWITCH_6_E.ordinal();

  private final HostState state;
  private final ThreadTable threads;
  private final ThreadLookup lookup;
  private final ThreadPurge purge;
  private final StateBuilder builder;
  private final ProcessEvents processes;
  private final OpenEvents opens;
  private final DescriptorEvents descriptors;
  private final SocketEvents sockets;
  private final IdentityEvents identities;
  private final ContainerEvents containers;
  private final CpuTimes cpuTimes = new CpuTimes();
  private long firstTime;
  private long previousTime;
  private long nextPurge;
  private long lookupWindow;
  private int lookupsInWindow;
  private FdTable closingTable;
  private long closingNumber;
  private ThreadInfo exiting;
  private boolean late;
  private int beginnings;

  /** Updates a state; threads whose end was missed are forgotten late. */
  public StateUpdater(HostState state, ThreadLookup lookup) {
    this(state, lookup, ThreadPurge.RARE);
  }

  /**
   * Updates a state.
   *
   * @param state what to update
   * @param lookup finds threads whose start was not seen
   * @param purge when threads are forgotten whose end was missed
   */
  public StateUpdater(HostState state, ThreadLookup lookup, ThreadPurge purge) {
    this.state = state;
    this.threads = state.threadTable();
    this.lookup = lookup;
    this.purge = purge;
    this.builder = new StateBuilder(state);
    this.processes = new ProcessEvents(state, this);
    this.opens = new OpenEvents(state);
    this.descriptors = new DescriptorEvents(state);
    this.sockets = new SocketEvents(state, this);
    this.identities = new IdentityEvents(state, this);
    this.containers = new ContainerEvents(state);
  }

  /** Applies an event, and fills the context with what it refers to. */
  public void apply(EventView event, EventContext context) {
    if (beginnings != state.beginnings) {
      beginAgain();
    }
    if (exiting != null || closingTable != null) {
      finish(context);
    }
    int type = event.type().ordinal();
    long time = event.timestamp();
    context.begin(event);
    state.users().take();
    if (firstTime == 0 && !EventTraits.META[type]) {
      firstTime = time;
    }
    context.firstTimestamp = firstTime;
    context.previousTimestamp = previousTime;
    previousTime = time;
    if (time >= nextPurge) {
      purge(time);
    }
    if (EventTraits.THREADLESS[type]) {
      context.thread = threads.get(event.tid());
      identities.threadless(event);
      cpuTimes.apply(event, context);
      containers.apply(event, context);
      return;
    }
    long tid = event.tid();
    ThreadInfo thread = threads.get(tid);
    late = thread == null && threads.exits().hasEndedSince(tid, time);
    if (!EventTraits.NO_LOOKUP[type]) {
      if (thread == null) {
        thread = fetch(tid, time);
      }
      if (thread != null) {
        thread.flags |= CloneFlags.ACTIVE;
      }
    }
    context.thread = thread;
    if (thread != null) {
      if (thread.enter != null && (type & 1) == 0 && type != SWITCH) {
        thread.enter.type = null;
      }
      int fdParam = EventTraits.FD_PARAM[type];
      if (fdParam >= 0) {
        context.fdNumber = event.s64(fdParam, -1);
        context.fd = context.fdNumber < 0 ? null : descriptor(thread, context.fdNumber);
      }
      dispatch(event, context);
      finishCall(event, context);
    } else if (EventTraits.NO_LOOKUP[type]) {
      dispatchUnknown(event, context);
    }
    if (type == SWITCH) {
      cpuTimes.apply(event, context);
    }
    if (late && context.thread != null && type != EXIT) {
      exit(context.thread);
    }
  }

  /** The state was cleared: nothing that was remembered of it is there any more. */
  private void beginAgain() {
    beginnings = state.beginnings;
    exiting = null;
    closingTable = null;
    firstTime = 0;
    nextPurge = 0;
    cpuTimes.clear();
  }

  private FdInfo descriptor(ThreadInfo thread, long number) {
    FdInfo fd = thread.fds().get(number);
    if (fd == null) {
      state.counters().missingFds++;
    } else {
      state.counters().foundFds++;
    }
    return fd;
  }

  /** Removes what the event of the context closed or ended: after the rules have seen it. */
  public void finish(EventContext context) {
    if (closingTable != null) {
      state.fds().remove(closingTable, closingNumber);
      closingTable = null;
      context.fd = null;
    }
    if (exiting != null) {
      threads.exits().remember(exiting.tid, exiting.pid, exiting.ptid, previousTime);
      threads.remove(exiting.tid);
      exiting = null;
      context.thread = null;
      context.fd = null;
    }
  }

  /**
   * The thread; when it is not known it is looked for, and if nothing is found an entry is made
   * that says so, lest it be looked for again. Null only when the table is full.
   */
  ThreadInfo fetch(long tid, long time) {
    ThreadInfo thread = threads.get(tid);
    if (thread != null || threads.isFull()) {
      if (thread == null) {
        state.counters().droppedThreads++;
      }
      return thread;
    }
    if (mayLookUp(time)) {
      state.counters().scans++;
      if (lookup.lookup(tid, builder)) {
        thread = threads.get(tid);
        if (thread != null) {
          return thread;
        }
      }
      state.counters().failedScans++;
    }
    return threads.addUnknown(tid);
  }

  /** Looks for a descriptor that the thread's process was sent. */
  void fetchFd(ThreadInfo thread, long fd, long time) {
    if (mayLookUp(time)) {
      state.counters().scans++;
      lookup.lookupFd(thread.main().tid, fd, builder);
    }
  }

  /** The descriptor is removed after the rules have seen the event. */
  void close(FdTable table, long number) {
    closingTable = table;
    closingNumber = number;
  }

  /** The thread is removed after the rules have seen the event. */
  void exit(ThreadInfo thread) {
    exiting = thread;
  }

  /** Forgets threads that have ended without an event that said so. Allocates; rare. */
  private void purge(long time) {
    boolean first = nextPurge == 0;
    nextPurge = first ? purge.first(time) : time + purge.intervalNanos();
    if (first) {
      return;
    }
    List<Long> gone = new ArrayList<>();
    threads
        .threads()
        .forEach(
            thread -> {
              long active = Math.max(thread.lastEventTime, thread.cloneTime);
              if (time - active >= purge.idleNanos() && !lookup.isAlive(thread.pid, thread.tid)) {
                gone.add(thread.tid);
              }
            });
    for (long tid : gone) {
      threads.remove(tid);
    }
  }

  private boolean mayLookUp(long time) {
    if (time - lookupWindow >= SECOND || time < lookupWindow) {
      lookupWindow = time;
      lookupsInWindow = 0;
    }
    if (lookupsInWindow >= LOOKUPS_PER_SECOND) {
      state.counters().refusedScans++;
      return false;
    }
    lookupsInWindow++;
    return true;
  }

  /** What holds for every event of a thread, after it was applied. */
  private void finishCall(EventView event, EventContext context) {
    EventType type = event.type();
    ThreadInfo thread = context.thread;
    if (thread == null || type == EventType.SCHEDSWITCH_6_E) {
      return;
    }
    if (thread.enter != null && (type.ordinal() & 1) != 0) {
      thread.enter.type = null;
    }
    thread.previousEventTime = thread.lastEventTime;
    thread.lastEventTime = event.timestamp();
  }

  private void dispatchUnknown(EventView event, EventContext context) {
    switch (event.type()) {
      case SYSCALL_CLONE_20_X, SYSCALL_FORK_20_X, SYSCALL_VFORK_20_X, SYSCALL_CLONE3_X -> {
        processes.clone(event, context);
        finishCall(event, context);
      }
      case PROCEXIT_1_E -> threads.exits().remember(event.tid(), event.timestamp());
      default -> {
        // A switch of a thread that nobody knows.
      }
    }
  }

  private void dispatch(EventView event, EventContext context) {
    switch (event.type()) {
      case SYSCALL_OPEN_E,
          SYSCALL_CREAT_E,
          SYSCALL_OPENAT_2_E,
          SYSCALL_OPENAT2_E,
          SOCKET_CONNECT_E,
          SYSCALL_EXECVE_19_E,
          SYSCALL_EXECVEAT_E ->
          opens.enter(event, context);
      case SYSCALL_OPEN_X,
          SYSCALL_CREAT_X,
          SYSCALL_OPENAT_2_X,
          SYSCALL_OPENAT2_X,
          SYSCALL_OPEN_BY_HANDLE_AT_X ->
          opens.exit(event, context);
      case SYSCALL_CLOSE_X -> {
        if (context.fd != null && closes(event.s64(0, -1))) {
          close(context.thread.fds(), context.fdNumber);
        }
      }
      case SYSCALL_READ_X, SYSCALL_READV_X, SYSCALL_PREAD_X, SYSCALL_PREADV_X ->
          sockets.received(event, context, -1, -1);
      case SOCKET_RECV_X -> sockets.received(event, context, 4, -1);
      case SOCKET_RECVFROM_X -> sockets.received(event, context, 2, -1);
      case SOCKET_RECVMSG_X -> sockets.received(event, context, 3, 4);
      case SOCKET_RECVMMSG_X -> sockets.received(event, context, 4, 5);
      case SYSCALL_WRITE_X, SYSCALL_WRITEV_X, SYSCALL_PWRITE_X, SYSCALL_PWRITEV_X ->
          sockets.sent(event, context, -1);
      case SOCKET_SEND_X, SOCKET_SENDTO_X, SOCKET_SENDMSG_X, SOCKET_SENDMMSG_X ->
          sockets.sent(event, context, 4);
      case SOCKET_SOCKET_X -> sockets.socket(event, context);
      case SOCKET_SOCKETPAIR_X -> sockets.socketpair(event, context);
      case SOCKET_BIND_X -> sockets.bind(event, context);
      case SOCKET_CONNECT_X -> sockets.connect(event, context);
      case SOCKET_ACCEPT_5_X, SOCKET_ACCEPT4_6_X -> sockets.accept(event, context);
      case SYSCALL_CLONE_20_X, SYSCALL_FORK_20_X, SYSCALL_VFORK_20_X, SYSCALL_CLONE3_X ->
          processes.clone(event, context);
      case SYSCALL_EXECVE_19_X, SYSCALL_EXECVEAT_X -> processes.execve(event, context);
      case PROCEXIT_1_E -> processes.exit(event, context);
      default -> dispatchRare(event, context);
    }
  }

  /** A close that fails otherwise than for want of a descriptor has closed it all the same. */
  private static boolean closes(long result) {
    return result >= 0 || result == INTERRUPTED || result == IO_ERROR || result == NO_SPACE;
  }

  private void dispatchRare(EventView event, EventContext context) {
    switch (event.type()) {
      case SYSCALL_PIPE_X, SYSCALL_PIPE2_X -> descriptors.pipe(event, context);
      case SYSCALL_CLOSE_RANGE_X -> descriptors.closeRange(event, context);
      case SYSCALL_FCNTL_X -> descriptors.fcntl(event, context);
      case SYSCALL_DUP_1_X, SYSCALL_DUP2_X, SYSCALL_DUP3_X -> descriptors.dup(event, context);
      case SYSCALL_EVENTFD_X -> descriptors.create(event, context, FdType.EVENT, -1);
      case SYSCALL_EVENTFD2_X -> descriptors.create(event, context, FdType.EVENT, 1);
      case SYSCALL_SIGNALFD_X -> descriptors.create(event, context, FdType.SIGNALFD, -1);
      case SYSCALL_SIGNALFD4_X -> descriptors.create(event, context, FdType.SIGNALFD, 1);
      case SYSCALL_TIMERFD_CREATE_X -> descriptors.create(event, context, FdType.TIMERFD, 2);
      case SYSCALL_INOTIFY_INIT_X -> descriptors.create(event, context, FdType.INOTIFY, -1);
      case SYSCALL_INOTIFY_INIT1_X -> descriptors.create(event, context, FdType.INOTIFY, 1);
      case SYSCALL_EPOLL_CREATE_X -> descriptors.create(event, context, FdType.EVENTPOLL, -1);
      case SYSCALL_EPOLL_CREATE1_X -> descriptors.epollCreate1(event, context);
      case SYSCALL_BPF_2_X -> descriptors.bpf(event, context);
      case SYSCALL_USERFAULTFD_X -> descriptors.userfaultfd(event, context);
      case SYSCALL_IO_URING_SETUP_X -> descriptors.ioUring(event, context);
      case SYSCALL_MEMFD_CREATE_X -> descriptors.memfdCreate(event, context);
      case SYSCALL_PIDFD_OPEN_X -> descriptors.pidfdOpen(event, context);
      case SYSCALL_PIDFD_GETFD_X -> descriptors.pidfdGetfd(event, context);
      case SYSCALL_CHDIR_X, SYSCALL_GETCWD_X -> identities.directory(event, context);
      case SYSCALL_FCHDIR_X -> identities.fchdir(event, context);
      case SYSCALL_CHROOT_X -> identities.chroot(event, context);
      case SYSCALL_SETRESUID_X, SYSCALL_SETREUID_X -> identities.user(event, context, 2);
      case SYSCALL_SETUID_X -> identities.user(event, context, 1);
      case SYSCALL_SETRESGID_X, SYSCALL_SETREGID_X -> identities.group(event, context, 2);
      case SYSCALL_SETGID_X -> identities.group(event, context, 1);
      case SYSCALL_SETSID_X -> identities.session(event, context);
      case SYSCALL_CAPSET_X -> identities.capabilities(event, context);
      case SYSCALL_UNSHARE_X -> identities.unshare(event, context);
      case SYSCALL_SETNS_X -> identities.namespaces(event, context, 2);
      case SYSCALL_PRCTL_X -> identities.prctl(event, context);
      case SYSCALL_GETRLIMIT_X, SYSCALL_SETRLIMIT_X -> identities.limit(event, context);
      case SYSCALL_PRLIMIT_X -> identities.limitOfOther(event, context);
      case SYSCALL_BRK_4_X, SYSCALL_MMAP_X, SYSCALL_MMAP2_X, SYSCALL_MUNMAP_X ->
          identities.memory(event, context);
      case SCHEDSWITCH_6_E -> identities.switched(event, context);
      default -> {
        // Everything else leaves the state as it is.
      }
    }
  }
}
