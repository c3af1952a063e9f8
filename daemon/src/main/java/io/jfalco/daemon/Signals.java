package io.jfalco.daemon;

import io.jfalco.driver.IgnoredSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What signals ask for. Handlers only set flags and run a callback; the event loop acts. Signals
 * that arrive before {@link #onTerminate} is set are not lost.
 */
final class Signals {
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private final AtomicBoolean reopen = new AtomicBoolean();
  private final AtomicBoolean state = new AtomicBoolean();
  private volatile boolean terminate;
  private volatile boolean hangup;
  private volatile Runnable terminated = () -> {};

  /** Handles SIGINT, SIGTERM, SIGUSR1 and SIGHUP from now on, also where they were ignored. */
  void install() {
    IgnoredSignals.restore(SIGHUP, SIGINT, SIGTERM);
    for (String name : new String[] {"INT", "TERM"}) {
      handle(name, this::terminate);
    }
    handle("USR1", () -> reopen.set(true));
    handle("HUP", () -> hangup = true);
  }

  /** Handles SIGURG too, which does nothing otherwise. */
  void installStateRequest() {
    handle("URG", () -> state.set(true));
  }

  /** True once after each SIGURG. */
  boolean takeStateRequest() {
    return state.get() && state.getAndSet(false);
  }

  private static void handle(String name, Runnable action) {
    Signal.handle(new Signal(name), signal -> action.run());
  }

  /** As if SIGTERM had come. */
  void terminate() {
    terminate = true;
    terminated.run();
  }

  /** Runs an action, on another thread, when the daemon shall end; at once if it already shall. */
  void onTerminate(Runnable action) {
    terminated = action;
    if (terminate) {
      action.run();
    }
  }

  /** True when the daemon shall end. */
  boolean isTerminating() {
    return terminate;
  }

  /** True once after each SIGUSR1. */
  boolean takeReopen() {
    return reopen.get() && reopen.getAndSet(false);
  }

  /** True once after each SIGHUP. */
  boolean takeHangup() {
    boolean taken = hangup;
    if (taken) {
      hangup = false;
    }
    return taken;
  }
}
