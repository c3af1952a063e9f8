package io.jfalco.driver;

import java.util.concurrent.locks.LockSupport;

/**
 * How long the reader sleeps when the rings hold nothing. Nothing wakes it (a wake-up for each
 * record makes the observed programs three times slower), so a sleep must be short against the time
 * in which a ring can fill, and long enough to cost nothing: it doubles up to a longest one, and is
 * halved when a ring was found filled by more than a sixteenth.
 */
final class IdleWait {
  static final long SHORTEST = 50_000;
  static final long LONGEST = 2_000_000;

  private final long comfortable;
  private long nanoseconds = SHORTEST;

  /** A wait for rings of so many bytes. */
  IdleWait(int ringSize) {
    this.comfortable = ringSize / 16;
  }

  /** Told after each poll that found something: the bytes in the fullest ring. */
  void filled(long bytes) {
    if (bytes > comfortable) {
      nanoseconds = Math.max(nanoseconds / 2, SHORTEST);
    }
  }

  /** Length of the next sleep. */
  long nanoseconds() {
    return nanoseconds;
  }

  /** Sleeps; returns at once when the thread is interrupted. */
  void sleep() {
    LockSupport.parkNanos(this, nanoseconds);
    nanoseconds = Math.min(nanoseconds * 2, LONGEST);
  }
}
