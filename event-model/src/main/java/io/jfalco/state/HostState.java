package io.jfalco.state;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Everything known of the host's processes, descriptors and users. Written by the event-loop thread
 * only, through {@link StateUpdater} and {@link StateBuilder}.
 */
public final class HostState {
  /** Most threads that are kept, as in Falco. */
  public static final int DEFAULT_THREAD_LIMIT = 262144;

  /** Generations that a state can number before it would reach the numbers of the next one. */
  private static final long GENERATIONS = 1L << 42;

  private static final AtomicLong STATES = new AtomicLong();

  /** Chains of parents longer than this are taken for loops. */
  private static final int LONGEST_CHAIN = 4096;

  private final StateCounters counters = new StateCounters();
  private final UserTable users = new UserTable();
  private final NetworkInterfaces interfaces = new NetworkInterfaces();
  private final ContainerTable containers = new ContainerTable(this);
  private final CgroupTable cgroups = new CgroupTable(counters, containers);
  private final StateBudget budget;
  private final ImageStore images;
  private final FdStore fds;
  private final ThreadTable threads;
  private String hostRoot = "";
  long bootTime;
  long lineage;
  int beginnings;
  private long generations = STATES.incrementAndGet() * GENERATIONS;

  /** An empty state for the usual number of threads. */
  public HostState() {
    this(DEFAULT_THREAD_LIMIT);
  }

  /** An empty state for at most so many threads. */
  public HostState(int threadLimit) {
    this(threadLimit, StateBudget.ofHeap());
  }

  /** An empty state for at most so many threads and so much memory. */
  HostState(int threadLimit, StateBudget budget) {
    this.budget = budget;
    images = new ImageStore(counters, budget);
    fds = new FdStore(counters, budget);
    threads = new ThreadTable(this, threadLimit, budget);
  }

  /** Estimated memory of threads and descriptors in bytes. */
  public long usedBytes() {
    return budget.used();
  }

  /** The thread, or null when it is not known. Allocates nothing. */
  public ThreadInfo thread(long tid) {
    return threads.get(tid);
  }

  /** Main thread of the parent process, or null when it is not known. */
  public ThreadInfo parent(ThreadInfo thread) {
    ThreadInfo main = thread.knownMain();
    if (main == null) {
      return null;
    }
    ThreadInfo parent = threads.get(main.ptid);
    return parent == null ? null : parent.knownMain();
  }

  /** Main thread of the n-th ancestor, 1 for the parent; 0 gives the own; null when unknown. */
  public ThreadInfo ancestor(ThreadInfo thread, int level) {
    ThreadInfo ancestor = thread.knownMain();
    for (int i = 0; i < level && ancestor != null; i++) {
      ancestor = parent(ancestor);
    }
    return ancestor;
  }

  /** The leader of the thread's session, or the nearest that is left of it; null when unknown. */
  public ThreadInfo sessionLeader(ThreadInfo thread) {
    return leader(thread, Leader.SESSION);
  }

  /** The leader of the process group as numbered in the own namespace; null when unknown. */
  public ThreadInfo virtualGroupLeader(ThreadInfo thread) {
    return leader(thread, Leader.VIRTUAL_GROUP);
  }

  /** The leader of the process group; null when unknown. */
  public ThreadInfo groupLeader(ThreadInfo thread) {
    return leader(thread, Leader.GROUP);
  }

  /** Users and groups. */
  public UserTable users() {
    return users;
  }

  /** Containers, and what is known of them. */
  public ContainerTable containers() {
    return containers;
  }

  /** Addresses of the machine. */
  public NetworkInterfaces interfaces() {
    return interfaces;
  }

  /** What the state has done. */
  public StateCounters counters() {
    return counters;
  }

  /** Visits all threads, in no order; the state must not change meanwhile. */
  public void forEachThread(Consumer<ThreadInfo> visitor) {
    threads.threads().forEach(visitor);
  }

  /** Number of threads. */
  public int threadCount() {
    return threads.size();
  }

  /** Number of descriptors; one that processes share since a fork counts once. */
  public int descriptorCount() {
    return fds.used();
  }

  /** Where the host's root directory is mounted: empty, or a path without final slash. */
  public String hostRoot() {
    return hostRoot;
  }

  /** Sets where the host's root directory is mounted. */
  public void hostRoot(String path) {
    hostRoot = path;
  }

  /** Start of the machine, nanoseconds since the epoch; 0 unknown. */
  public long bootTime() {
    return bootTime;
  }

  /**
   * Changes whenever something changed that linked threads may show of an ancestor: a process that
   * has children changed, or a process got another parent.
   */
  public long lineage() {
    return lineage;
  }

  /** Notes that what fields show of a thread has changed. */
  void touch(ThreadInfo thread) {
    thread.generation = ++generations;
    if (isAncestor(thread)) {
      lineage++;
    }
  }

  /** Notes that what fields show of the threads in containers has changed. Rare. */
  void touchContainers() {
    threads
        .threads()
        .forEach(
            thread -> {
              if (!thread.container().isHost()) {
                touch(thread);
              }
            });
  }

  /**
   * Forgets threads, descriptors and network interfaces: another recording begins, perhaps of
   * another machine. Users and containers stay, as in Falco. Allocates; rare.
   */
  public void clear() {
    threads.clear();
    interfaces.clear();
    bootTime = 0;
    beginnings++;
    lineage++;
  }

  /**
   * True when others may find this thread on the way to their ancestors: as the maker of a child,
   * or as the main thread of one. Where an event of thread 0 made one of that id known, everybody
   * may be: it is then found where there is no parent, and need not be linked itself.
   */
  boolean isAncestor(ThreadInfo thread) {
    return thread.firstChild != null
        || threads.hasZero()
        || thread.group != null && thread.isMain() && !thread.group.isSingle();
  }

  ThreadTable threadTable() {
    return threads;
  }

  CgroupTable cgroups() {
    return cgroups;
  }

  ImageStore images() {
    return images;
  }

  FdStore fds() {
    return fds;
  }

  private enum Leader {
    SESSION,
    VIRTUAL_GROUP,
    GROUP;

    long id(ThreadInfo thread) {
      return switch (this) {
        case SESSION -> thread.sid;
        case VIRTUAL_GROUP -> thread.vpgid;
        case GROUP -> thread.pgid;
      };
    }
  }

  /**
   * Ids of a pid namespace cannot be looked up; there, as well as when the leader is gone, the
   * oldest ancestor without a gap that has the same id stands for it.
   */
  private ThreadInfo leader(ThreadInfo thread, Leader kind) {
    long id = kind.id(thread);
    if (id == -1) {
      return null;
    }
    if (kind == Leader.GROUP || !thread.isInPidNamespace()) {
      ThreadInfo leader = threads.get(id);
      if (leader != null) {
        return leader;
      }
    }
    ThreadInfo leader = null;
    ThreadInfo ancestor = threads.get(thread.ptid);
    for (int i = 0; i < LONGEST_CHAIN && ancestor != null && kind.id(ancestor) == id; i++) {
      leader = ancestor;
      ancestor = ancestor.ptid == ancestor.tid ? null : threads.get(ancestor.ptid);
    }
    return leader;
  }
}
