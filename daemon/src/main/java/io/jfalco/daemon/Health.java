package io.jfalco.daemon;

import io.jfalco.driver.EventSource;
import io.jfalco.driver.LiveSource;
import io.jfalco.driver.RefusedProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether events are watched. The event loop tells that it goes on ({@link #beat}); everybody else
 * asks, on any thread.
 */
public final class Health {
  /** A loop that does not come round for so long hangs; one round takes milliseconds. */
  static final Duration STALLED = Duration.ofSeconds(10);

  /** The kernel is asked no more often. */
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier clock;
  private volatile EventSource source;
  private volatile long beaten;
  private volatile boolean ended;
  private List<String> kept = List.of();
  private long keptAt;
  private boolean asked;

  /** Of a daemon that starts. */
  public Health() {
    this(System::nanoTime);
  }

  Health(LongSupplier nanoTime) {
    clock = nanoTime;
  }

  /** The event loop begins with an open source. */
  void watch(EventSource opened) {
    beaten = clock.getAsLong();
    source = opened;
  }

  /** The event loop has come round. */
  void beat() {
    beaten = clock.getAsLong();
  }

  /** The event loop is over. */
  void end() {
    ended = true;
  }

  /**
   * Why events are not watched, or not all of them, in sentences for the user; empty: all is well.
   */
  public List<String> problems() {
    EventSource watched = source;
    if (ended) {
      return List.of("no more events are taken: the daemon is stopping");
    }
    if (watched == null) {
      return List.of("no events are taken yet: the daemon is starting");
    }
    long silent = clock.getAsLong() - beaten;
    if (silent > STALLED.toNanos()) {
      return List.of(
          "the event loop hangs: it has not come round for "
              + Duration.ofNanos(silent).toSeconds()
              + " seconds");
    }
    return problems(watched);
  }

  private synchronized List<String> problems(EventSource watched) {
    long now = clock.getAsLong();
    if (!asked || now - keptAt >= KEPT_NANOS) {
      kept = List.copyOf(watched.problems());
      keptAt = now;
      asked = true;
    }
    return kept;
  }

  /** What has been missing since the start while the rest works, in sentences for the user. */
  public List<String> degradations() {
    if (!(source instanceof LiveSource live)) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    for (RefusedProgram program : live.refused()) {
      all.add(
          "eBPF program '"
              + program.name()
              + "' was refused by this kernel ("
              + program.reason()
              + ")"
              + (program.syscalls().isEmpty()
                  ? ""
                  : ": no events of " + SyscallNames.text(program.syscalls())));
    }
    return all;
  }
}
