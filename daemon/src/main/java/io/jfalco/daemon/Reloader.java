package io.jfalco.daemon;

import io.jfalco.alert.Alert;
import io.jfalco.alert.Priority;
import io.jfalco.config.Config;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.LiveSource;
import io.jfalco.output.AlertFormatter;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Makes the next generation beside the one that works, on a thread of its own, and hands it to the
 * event loop, which changes over between two batches of events. A setup that cannot be used is told
 * by an alert, and the old one goes on. Source and state stay as they are.
 */
final class Reloader implements Work.Supply, AutoCloseable {
  static final String FAILURE_RULE = "Falco internal: hot restart failure";

  private static final long CLOSE_SECONDS = 10;

  private final Setup.Loader loader;
  private final Job.Place place;
  private final String hostname;
  private final UnaryOperator<Work> completion;
  private final Semaphore requests = new Semaphore(0);
  private final Semaphore taken = new Semaphore(0);
  private final AtomicReference<Offer> offered = new AtomicReference<>();
  private final Queue<Offer> replaced = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "reload");
  private final boolean tellsKernelNames;
  private volatile Offer running;

  /**
   * A generation and what it does.
   *
   * @param own what is closed with it
   * @param complete what the event loop does
   */
  private record Offer(Generation generation, Work own, Work complete) {}

  /**
   * Starts the thread.
   *
   * @param loader reads configuration and rules
   * @param first the generation that works
   * @param work what it does
   * @param completion applied to the work of each further generation
   */
  Reloader(
      Setup.Loader loader,
      Job.Place place,
      String hostname,
      Generation first,
      Work work,
      UnaryOperator<Work> completion) {
    this.loader = loader;
    this.place = place;
    this.hostname = hostname;
    this.completion = completion;
    running = new Offer(first, work, completion.apply(work));
    tellsKernelNames = !first.active().kernelNames().isEmpty();
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for a reload. Requests that come while one is going on lead to one more. Any thread. */
  void request() {
    requests.release();
  }

  /** The generation that works. */
  Generation current() {
    return running.generation();
  }

  /** What the event loop does with it. */
  Work work() {
    return running.complete();
  }

  @Override
  public Optional<Work> next() {
    if (offered.get() == null) {
      return Optional.empty();
    }
    replaced.add(running);
    running = offered.getAndSet(null);
    taken.release();
    return Optional.of(running.complete());
  }

  private void run() {
    try {
      while (true) {
        requests.acquire();
        requests.drainPermits();
        reload();
      }
    } catch (InterruptedException e) {
      // The end.
    }
  }

  private void reload() throws InterruptedException {
    try {
      Setup setup = loader.load();
      OutputList.check(setup.config().outputs());
      changeOver(FixedKeys.keep(current().setup(), setup));
    } catch (FatalException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      failed("Runtime error: " + e);
    }
  }

  private void changeOver(Setup setup) throws InterruptedException {
    Log.info("SIGHUP received, restarting...");
    Config config = setup.config();
    Log.configure(config.log(), config.format().iso8601());
    Generation old = current();
    Generation made = old.next(setup, ActiveRules.of(setup.rules(), config), hostname);
    made.active().log();
    warnOfKernelNames(made.active());
    // From here on both see their system calls: no event falls between the two.
    BitSet both = (BitSet) old.active().interest().selected().clone();
    both.or(made.active().interest().selected());
    deliver(both);
    Work next = made.work(place.watched());
    offered.set(new Offer(made, next, completion.apply(next)));
    taken.acquire();
    deliver(made.active().interest().selected());
    retire();
  }

  /** Ends the generations that the event loop has left. */
  private void retire() {
    for (Offer old = replaced.poll(); old != null; old = replaced.poll()) {
      old.own().stage().close();
      old.generation().outputs().outputs().closeBut(current().outputs().outputs());
      Console.outBriefly(old.generation().statistics().summary());
    }
  }

  /** The programs for these are loaded at start, only when a rule asks. */
  private void warnOfKernelNames(ActiveRules active) {
    if (!tellsKernelNames && !active.kernelNames().isEmpty()) {
      Log.warning(
          "Rules ask for what the kernel used, which is told after a restart of the daemon only: "
              + String.join(", ", active.kernelNames()));
    }
  }

  private void deliver(BitSet syscalls) {
    EventSource source = place.source();
    if (source instanceof LiveSource live) {
      live.interest(syscalls);
    }
  }

  private void failed(String why) {
    Log.error("The new configuration or rules cannot be used, the old ones go on: " + why);
    current()
        .outputs()
        .outputs()
        .send(
            new Alert(
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                Priority.CRITICAL,
                FAILURE_RULE,
                AlertFormatter.INTERNAL_SOURCE,
                FAILURE_RULE + ": " + why,
                new TreeMap<>(),
                List.of()));
  }

  /** Ends the thread, then the generation that works. Called when the event loop has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Offer left = offered.getAndSet(null);
    if (left != null) {
      left.own().stage().close();
      left.generation().outputs().outputs().closeBut(current().outputs().outputs());
    }
    retire();
    running.own().stage().close();
  }
}
