package io.jfalco.daemon.metrics;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time of day. */
public final class WallClock {
  private WallClock() {}

  /** Nanoseconds since the epoch, as exact as the JVM knows it. */
  public static long nanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
