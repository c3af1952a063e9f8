package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An output with its own bounded queue and thread, so that a slow or broken output hurts nobody
 * else. When the queue is full, messages are dropped and counted.
 */
public final class OutputChannel {
  /** Put into the queue to make the thread look at its flags. */
  private static final OutputMessage WAKE = new OutputMessage(Priority.DEBUG, new byte[0]);

  private static final long WAIT_NANOS = 500_000;

  private static final Logger LOG = LoggerFactory.getLogger(OutputChannel.class);

  /**
   * How much may wait in a queue.
   *
   * @param messages number of messages
   * @param bytes sum of their sizes
   * @param patience how long to wait for room before a message is dropped; zero for live events,
   *     which do not wait either
   */
  public record Limits(int messages, long bytes, Duration patience) {
    /** 65536 messages, 32 MiB, no patience. */
    public static final Limits DEFAULT = new Limits(65536, 32L << 20, Duration.ZERO);
  }

  private final Output output;
  private final Limits limits;
  private final LinkedBlockingQueue<OutputMessage> queue;
  private final Thread thread;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicBoolean reopenWanted = new AtomicBoolean();
  private volatile boolean stopping;

  /** Time when the current write began (System.nanoTime, never 0), or 0 when none is going on. */
  private volatile long busySince;

  private boolean blockedReported;

  /** The patience has ended without room; it is not tried again before there is some. */
  private volatile boolean impatient;

  private String lastFailure = "";
  private long failuresInARow;

  /** A channel whose thread starts at once. */
  public OutputChannel(Output output, Limits limits) {
    this.output = output;
    this.limits = limits;
    // One place more than allowed, so that WAKE finds room.
    this.queue = new LinkedBlockingQueue<>(limits.messages() + 1);
    this.thread = new Thread(this::run, "output-" + output.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Name of the output. */
  public String name() {
    return output.name();
  }

  /** Messages dropped because the queue was full. */
  public long dropped() {
    return dropped.get();
  }

  /** Messages delivered. */
  public long delivered() {
    return delivered.get();
  }

  /** Messages that the output could not deliver. */
  public long failed() {
    return failed.get();
  }

  /**
   * Queues a message; blocks no longer than the patience, and not again until there was room.
   * Returns false when it was dropped.
   */
  public boolean offer(OutputMessage message) {
    if (hasRoom(message) || awaitRoom(message)) {
      impatient = false;
      if (!stopping && queue.offer(message)) {
        queuedBytes.addAndGet(message.size());
        return true;
      }
    }
    if (dropped.getAndIncrement() == 0) {
      LOG.error(
          "Outputs queue out of memory. Drop event and continue on ... (output \"{}\")", name());
    }
    return false;
  }

  private boolean hasRoom(OutputMessage message) {
    return queue.size() < limits.messages() && queuedBytes.get() + message.size() <= limits.bytes();
  }

  private boolean awaitRoom(OutputMessage message) {
    long end = System.nanoTime() + limits.patience().toNanos();
    while (!impatient && !stopping && System.nanoTime() < end) {
      LockSupport.parkNanos(WAIT_NANOS);
      if (hasRoom(message)) {
        return true;
      }
    }
    impatient = true;
    return false;
  }

  /** Asks the output to reopen its file after the messages that wait now or earlier. */
  public void reopen() {
    reopenWanted.set(true);
    wake();
  }

  /**
   * Reports, once for each time, that a write has been going on for longer than a limit. For the
   * event-loop thread.
   */
  public void checkBlocked(long nowNanoTime, Duration limit) {
    long since = busySince;
    boolean blocked = since != 0 && nowNanoTime - since > limit.toNanos();
    if (blocked && !blockedReported) {
      LOG.error(
          OutputMarkers.CRITICAL,
          "\"{}\" output timeout, this output channel is blocked (others go on)",
          name());
    }
    blockedReported = blocked;
  }

  /** Takes no more messages; what waits is still delivered. */
  void stop() {
    stopping = true;
    wake();
  }

  /** Waits until all is delivered. After the deadline gives up and forgets what waits. */
  void awaitEnd(long deadlineNanoTime) throws InterruptedException {
    long left = deadlineNanoTime - System.nanoTime();
    thread.join(Math.max(1, left / 1_000_000));
    if (thread.isAlive()) {
      LOG.warn(
          OutputMarkers.NOTICE,
          "output channels still blocked, discarding all remaining notifications (output \"{}\","
              + " {} waiting)",
          name(),
          queue.size());
      queue.clear();
      thread.interrupt();
    }
  }

  private void wake() {
    boolean unused = queue.offer(WAKE);
  }

  private void run() {
    try {
      while (!(stopping && queue.isEmpty())) {
        OutputMessage message = queue.take();
        if (message != WAKE) {
          queuedBytes.addAndGet(-message.size());
          guarded(() -> output.write(message), delivered);
        }
        if (reopenWanted.getAndSet(false)) {
          guarded(output::reopen, null);
        }
      }
    } catch (InterruptedException e) {
      // Told to give up.
    } finally {
      guarded(output::close, null);
    }
  }

  /** What an output does. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Step step, AtomicLong successes) {
    busySince = System.nanoTime() | 1;
    try {
      step.run();
      if (successes != null) {
        successes.incrementAndGet();
        recovered();
      }
    } catch (IOException | RuntimeException e) {
      failed.incrementAndGet();
      report(e);
    } finally {
      busySince = 0;
    }
  }

  /** The same failure again and again is logged once, and how often it was in the end. */
  private void report(Exception failure) {
    failuresInARow++;
    String text = String.valueOf(failure.getMessage());
    if (!text.equals(lastFailure)) {
      lastFailure = text;
      LOG.error("{}: {}", name(), text);
    }
  }

  private void recovered() {
    if (failuresInARow > 0) {
      LOG.warn("{}: works again, after {} failures", name(), failuresInARow);
      failuresInARow = 0;
      lastFailure = "";
    }
  }
}
