package io.jfalco.driver;

import java.util.concurrent.locks.LockSupport;

/**
 * How long the reader sleeps when the rings hold nothing that is ready. Nothing wakes it: a wake-up
 * for each record makes the observed programs three times slower. A wake-up from an idle CPU costs
 * 60 to 90 µs in a virtual machine, so an idle host allows about fifty each second; a ring must not
 * fill meanwhile.
 *
 * <p>The sleep doubles each time, up to {@link #BUSY} while events come and to {@link #IDLE} when
 * none do, or less where the ring is small; it is halved when the ring was found filled by more
 * than a sixteenth.
 */
final class IdleWait {
  static final long SHORTEST = 50_000;
  static final long BUSY = 2_000_000;
  static final long IDLE = 20_000_000;

  /** Nobody fills a ring faster: 200 MB/s are 2 million events a second. */
  private static final long BYTES_A_MILLISECOND = 200_000;

  private final long comfortable;
  private final long longest;
  private long nanoseconds = SHORTEST;

  /** A wait for rings of so many bytes. */
  IdleWait(int ringSize) {
    this.comfortable = ringSize / 16;
    this.longest = Math.min(IDLE, ringSize / 2 / BYTES_A_MILLISECOND * 1_000_000L);
  }

  /** Told after each poll that found something: the bytes in the fullest ring. */
  void filled(long bytes) {
    nanoseconds = Math.min(nanoseconds, BUSY);
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
    nanoseconds = Math.min(nanoseconds * 2, longest);
  }
}
