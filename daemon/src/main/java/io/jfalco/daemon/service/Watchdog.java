package io.jfalco.daemon.service;

import io.jfalco.daemon.Log;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reassures the service manager's watchdog as long as nothing is wrong. When something is, it says
 * what, and keeps silent towards the watchdog, which then ends and restarts the daemon.
 */
final class Watchdog {
  private static final String ALIVE = "WATCHDOG=1";

  private final Supplier<List<String>> problems;
  private final Predicate<String> report;
  private final Thread thread = new Thread(this::run, "watchdog");
  private long periodNanos;
  private List<String> told = List.of();

  /**
   * A watchdog that does nothing before {@link #start}.
   *
   * @param problems what is wrong; empty: nothing
   * @param report sends a notification; true while the daemon shall still work, false when it only
   *     ends, and may take its time
   */
  Watchdog(Supplier<List<String>> problems, Predicate<String> report) {
    this.problems = problems;
    this.report = report;
  }

  /** Looks in this interval, from now on. */
  void start(long nanos) {
    periodNanos = nanos;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      boolean working = true;
      while (true) {
        working = working ? look() : report.test(ALIVE);
        TimeUnit.NANOSECONDS.sleep(periodNanos);
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  /** One look. True while the daemon shall still work. */
  boolean look() {
    List<String> now = now();
    boolean changed = !now.equals(told);
    told = now;
    if (now.isEmpty()) {
      if (changed) {
        Log.info("Watchdog: all is well again");
      }
      return report.test(ALIVE + (changed ? "\nSTATUS=All is well again" : ""));
    }
    String text = String.join("; ", now);
    if (changed) {
      Log.critical(
          "Watchdog: " + text + ". The service manager is told no longer that all is well");
    }
    return report.test("STATUS=" + text.replace('\n', ' '));
  }

  /** Not to be able to tell is a problem, too. */
  private List<String> now() {
    try {
      return problems.get();
    } catch (RuntimeException e) {
      return List.of("health cannot be told: " + e);
    }
  }

  void close() {
    thread.interrupt();
  }
}
