package io.jfalco.daemon.service;

import io.jfalco.daemon.Log;
import io.jfalco.output.UnixDatagrams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Tells systemd how the daemon is (the protocol of sd_notify(3)); does nothing where no service
 * manager asks for that. Any thread may use it.
 */
public final class ServiceManager implements AutoCloseable {
  private static final String SOCKET = "NOTIFY_SOCKET";

  /** In the time that the watchdog waits. */
  private static final int LOOKS = 4;

  private final Sender sender;
  private final long watchdogNanos;
  private Watchdog watchdog;
  private boolean stopping;
  private boolean failed;

  /** Where notifications go. */
  @FunctionalInterface
  interface Sender {
    /**
     * Sends one notification.
     *
     * @throws IOException when nobody receives it
     */
    void send(String assignments) throws IOException;
  }

  /**
   * A manager.
   *
   * @param watchdogNanos it ends the daemon when it hears nothing for so long; 0: never
   */
  ServiceManager(Sender sender, long watchdogNanos) {
    this.sender = sender;
    this.watchdogNanos = watchdogNanos;
  }

  /**
   * The service manager of this process.
   *
   * @param environment value of an environment variable, or null
   */
  public static ServiceManager of(UnaryOperator<String> environment) {
    String socket = environment.apply(SOCKET);
    if (socket == null || socket.isEmpty()) {
      return new ServiceManager(assignments -> {}, 0);
    }
    try {
      UnixDatagrams datagrams = UnixDatagrams.to(socket);
      return new ServiceManager(
          assignments -> datagrams.send(assignments.getBytes(StandardCharsets.UTF_8)),
          watchdogNanos(environment));
    } catch (IOException e) {
      Log.warning(
          "The service manager cannot be told anything (" + SOCKET + "): " + e.getMessage());
      return new ServiceManager(assignments -> {}, 0);
    }
  }

  /** The time that systemd gives in microseconds, if it means this process. */
  private static long watchdogNanos(UnaryOperator<String> environment) {
    String own = Long.toString(ProcessHandle.current().pid());
    String meant = environment.apply("WATCHDOG_PID");
    String micros = environment.apply("WATCHDOG_USEC");
    if (micros == null || meant != null && !meant.equals(own)) {
      return 0;
    }
    try {
      return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Events flow, again after a reload, too.
   *
   * @param status for people, one line
   */
  public synchronized void ready(String status) {
    if (!stopping) {
      send("READY=1\nSTATUS=" + status);
    }
  }

  /** A reload begins; {@link #ready} ends it. */
  public synchronized void reloading() {
    if (!stopping) {
      // The JVM's nanoTime is Linux's CLOCK_MONOTONIC, which systemd wants to hear.
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
      send("RELOADING=1\nMONOTONIC_USEC=" + micros + "\nSTATUS=Reloading");
    }
  }

  /** The end has begun. From now on only the manager's own deadline counts. */
  public synchronized void stopping() {
    if (!stopping) {
      stopping = true;
      send("STOPPING=1\nSTATUS=Delivering what is left, then ending");
    }
  }

  /**
   * Keeps the watchdog quiet as long as all is well, if there is one. To be called once.
   *
   * @param problems what is wrong, in words for people; asked by a thread of its own
   */
  public synchronized void watch(Supplier<List<String>> problems) {
    if (watchdogNanos > 0) {
      watchdog = new Watchdog(problems, this::report);
      // Often enough that one bad look is not the end.
      watchdog.start(watchdogNanos / LOOKS);
    }
  }

  private synchronized boolean report(String assignments) {
    send(assignments);
    return !stopping;
  }

  private void send(String assignments) {
    try {
      sender.send(assignments);
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        Log.warning("The service manager does not listen (" + SOCKET + "): " + e.getMessage());
      }
    }
  }

  /** Ends the watchdog's thread. */
  @Override
  public synchronized void close() {
    if (watchdog != null) {
      watchdog.close();
    }
  }
}
