package io.jfalco.daemon.service;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a thread still takes its turns. {@link #beat} is for that thread, and costs it one write;
 * {@link #problems} is for any other.
 */
public final class Heartbeat {
  private final String what;
  private final long limitNanos;
  private final LongSupplier clock;
  private volatile long last;

  /**
   * A heart that has just beaten.
   *
   * @param what beats, for people
   * @param limitNanos silence that is no longer normal
   */
  public Heartbeat(String what, long limitNanos) {
    this(what, limitNanos, System::nanoTime);
  }

  Heartbeat(String what, long limitNanos, LongSupplier clock) {
    this.what = what;
    this.limitNanos = limitNanos;
    this.clock = clock;
    last = clock.getAsLong();
  }

  /** The thread is there. */
  public void beat() {
    last = clock.getAsLong();
  }

  /** Empty, or that it has not been there for too long. */
  public List<String> problems() {
    long silence = clock.getAsLong() - last;
    return silence <= limitNanos
        ? List.of()
        : List.of(what + " has not moved for " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s");
  }
}
