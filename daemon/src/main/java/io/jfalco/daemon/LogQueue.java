package io.jfalco.daemon;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Log messages on their way to a thread of their own, so that a system log or a reader of standard
 * error that hangs delays nobody. When the queue is full, messages are dropped and counted. Any
 * thread may use it.
 */
final class LogQueue {
  private static final int CAPACITY = 4096;
  private static final long SETTLE_SECONDS = 1;

  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(CAPACITY),
          LogQueue::thread,
          (task, full) -> dropped.incrementAndGet());

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "log");
    thread.setDaemon(true);
    return thread;
  }

  /** Does it soon, or never when too much waits. */
  void add(Runnable write) {
    thread.execute(write);
  }

  /** Messages that were dropped since the last call. */
  long takeDropped() {
    return dropped.get() == 0 ? 0 : dropped.getAndSet(0);
  }

  /** Waits until all that was added before is done, but no longer than a second. */
  void settle() {
    CountDownLatch reached = new CountDownLatch(1);
    thread.execute(reached::countDown);
    try {
      boolean unused = reached.await(SETTLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
