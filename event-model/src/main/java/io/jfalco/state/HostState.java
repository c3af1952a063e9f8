package io.jfalco.state;

/**
 * Everything known of the host's processes, descriptors and users. Written by the event-loop thread
 * only, through {@link StateUpdater} and the scan at start.
 */
public final class HostState {
  private final LongMap<ThreadInfo> threads = new LongMap<>(4096);
  private final UserTable users = new UserTable();

  /** The thread, or null when it is not known. Allocates nothing. */
  public ThreadInfo thread(long tid) {
    return threads.get(tid);
  }

  /** Main thread of the parent process, or null when it is not known. */
  public ThreadInfo parent(ThreadInfo thread) {
    ThreadInfo parent = threads.get(thread.main().ptid);
    return parent == null ? null : parent.main();
  }

  /** Users and groups. */
  public UserTable users() {
    return users;
  }

  /** Number of threads. */
  public int threadCount() {
    return threads.size();
  }

  LongMap<ThreadInfo> threads() {
    return threads;
  }
}
