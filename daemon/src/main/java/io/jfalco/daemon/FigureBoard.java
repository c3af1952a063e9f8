package io.jfalco.daemon;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hands figures of the event loop to other threads: the loop makes a copy, between two batches,
 * when somebody asks. An unasked loop only reads a flag.
 *
 * @param <T> immutable figures
 */
final class FigureBoard<T> {
  private final Supplier<T> maker;
  private volatile boolean wanted;
  private T last;
  private long number;

  /**
   * A board.
   *
   * @param maker makes figures, on the event-loop thread
   */
  FigureBoard(Supplier<T> maker) {
    this.maker = maker;
    this.last = maker.get();
  }

  /** For the event-loop thread, between batches. */
  void serve() {
    if (wanted) {
      wanted = false;
      T made = maker.get();
      synchronized (this) {
        last = made;
        number++;
        notifyAll();
      }
    }
  }

  /** Figures of now; those made last when the loop does not come round within a second. */
  synchronized T fresh() {
    long enough = number + 1;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    wanted = true;
    try {
      while (number < enough) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          break;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return last;
  }
}
