package io.jfalco.state;

/**
 * When threads are forgotten whose end was missed.
 *
 * @param intervalNanos how often they are looked for, in time of events; at least a second
 * @param idleNanos how long they must have done nothing
 */
public record ThreadPurge(long intervalNanos, long idleNanos) {
  private static final long SECOND = 1_000_000_000L;

  /** For states that are complete, as those of captures are. */
  public static final ThreadPurge RARE = ofSeconds(1200, 1800);

  /** The first look comes no later than this after the first event. */
  private static final long LONGEST_START = 30 * SECOND;

  /** Keeps the interval at a second or more: a look at all threads is not for each event. */
  public ThreadPurge {
    intervalNanos = Math.max(SECOND, intervalNanos);
  }

  /** The same in seconds. */
  public static ThreadPurge ofSeconds(long interval, long idle) {
    return new ThreadPurge(interval * SECOND, idle * SECOND);
  }

  /** Time of the first look, for a time of the first event. */
  long first(long time) {
    return time + Math.min(intervalNanos, LONGEST_START);
  }
}
