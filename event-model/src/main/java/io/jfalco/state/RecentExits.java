package io.jfalco.state;

import java.util.Arrays;

/**
 * Threads that have ended a short while ago, lest events that arrive late bring them to life again.
 * Ids follow each other, so that the newest few thousand do not get in each other's way; older ones
 * are forgotten.
 */
final class RecentExits {
  private static final int SLOTS = 8192;
  private static final long REMEMBERED_NANOS = 2_000_000_000L;

  private final long[] tids = new long[SLOTS];
  private final long[] pids = new long[SLOTS];
  private final long[] parents = new long[SLOTS];
  private final long[] times = new long[SLOTS];

  RecentExits() {
    clear();
  }

  void clear() {
    Arrays.fill(tids, -1);
  }

  /** A thread has ended of which only the id is known. */
  void remember(long tid, long time) {
    remember(tid, -1, -1, time);
  }

  /** A thread has ended. */
  void remember(long tid, long pid, long parent, long time) {
    int at = slot(tid);
    times[at] = tids[at] == tid ? Math.max(times[at], time) : time;
    tids[at] = tid;
    pids[at] = pid;
    parents[at] = parent;
  }

  /**
   * True when the thread that a clone has made, at this time, has ended already.
   *
   * @param leads whether it was a process of its own
   */
  boolean hasEnded(long tid, ThreadInfo maker, boolean leads, long time) {
    int at = slot(tid);
    if (tids[at] != tid) {
      return false;
    }
    if (times[at] >= time) {
      return true;
    }
    boolean ofMaker = leads ? parents[at] == maker.tid : pids[at] == maker.pid;
    return (ofMaker || pids[at] < 0) && time - times[at] < REMEMBERED_NANOS;
  }

  /** True when the thread of this id that was there at this time has ended. */
  boolean hasEndedSince(long tid, long time) {
    int at = slot(tid);
    return tids[at] == tid && times[at] >= time;
  }

  private static int slot(long tid) {
    return (int) tid & SLOTS - 1;
  }
}
