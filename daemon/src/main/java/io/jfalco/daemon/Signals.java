package io.jfalco.daemon;

import io.jfalco.driver.IgnoredSignals;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What signals ask for. Handlers only set flags and run a callback; the event loop acts. Signals
 * that arrive before their action is set are not lost.
 */
final class Signals {
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  /** Exit code of a process that SIGINT ended. */
  private static final int INTERRUPTED = 130;

  private final AtomicBoolean reopen = new AtomicBoolean();
  private final AtomicBoolean state = new AtomicBoolean();
  private volatile boolean terminate;
  private final Handler terminated = new Handler();
  private final Handler hungUp = new Handler();

  /** Handles SIGINT, SIGTERM, SIGUSR1 and SIGHUP from now on, also where they were ignored. */
  void install() {
    IgnoredSignals.restore(SIGHUP, SIGINT, SIGTERM);
    handle("TERM", this::terminate);
    handle(
        "INT",
        () -> {
          if (terminate) {
            // Whoever asks twice does not want to wait for outputs.
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          terminate();
        });
    handle("USR1", () -> reopen.set(true));
    handle("HUP", hungUp::call);
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
    terminated.call();
  }

  /** Runs an action, on another thread, when the daemon shall end; at once if it already shall. */
  void onTerminate(Runnable action) {
    terminated.set(action);
  }

  /** Runs an action, on another thread, at each SIGHUP; at once if there was one. */
  void onHangup(Runnable action) {
    hungUp.set(action);
  }

  /** True when the daemon shall end. */
  boolean isTerminating() {
    return terminate;
  }

  /** True once after each SIGUSR1. */
  boolean takeReopen() {
    return reopen.get() && reopen.getAndSet(false);
  }

  /** An action that may be called before it is known. */
  private static final class Handler {
    private Runnable action;
    private boolean called;

    synchronized void set(Runnable known) {
      action = known;
      if (called) {
        action.run();
      }
    }

    synchronized void call() {
      called = true;
      if (action != null) {
        action.run();
      }
    }
  }
}
