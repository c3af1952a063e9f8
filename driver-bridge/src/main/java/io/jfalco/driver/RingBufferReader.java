package io.jfalco.driver;

import io.jfalco.event.EventView;
import java.util.EnumMap;
import java.util.Map;

/**
 * Delivers the records of several rings as one stream, oldest timestamp first, without copying or
 * allocating. Polled by one thread; the counters may be read by any.
 *
 * <p>Each poll first notes how far every ring is filled and then merges up to there. A record that
 * another CPU has stamped but not yet put into its ring cannot be seen; so records younger than a
 * horizon, a little before the poll, are left for the next poll.
 */
final class RingBufferReader {
  private final Ring[] rings;
  private final long[] heads;
  private final EventView view = new EventView();
  private final long[] skipped = new long[EventView.Check.values().length];
  private volatile long delivered;
  private long number;
  private long waiting;

  RingBufferReader(Ring[] rings) {
    this.rings = rings.clone();
    this.heads = new long[rings.length];
  }

  /**
   * Delivers records.
   *
   * @param handler receives them
   * @param limit most records to deliver
   * @param horizon timestamp up to which records are delivered
   * @return how many were delivered
   */
  int poll(EventHandler handler, int limit, long horizon) {
    int count = 0;
    waiting = 0;
    for (int i = 0; i < rings.length; i++) {
      waiting = Math.max(waiting, rings[i].refresh());
      heads[i] = rings[i].head();
    }
    try {
      while (count < limit) {
        int oldest = 0;
        long bound = horizon;
        for (int i = 1; i < rings.length; i++) {
          if (heads[i] < heads[oldest]) {
            bound = Math.min(bound, heads[oldest]);
            oldest = i;
          } else {
            bound = Math.min(bound, heads[i]);
          }
        }
        if (heads[oldest] > horizon || heads[oldest] == Ring.NONE) {
          break;
        }
        count = drain(oldest, bound, handler, count, limit);
      }
    } finally {
      for (Ring ring : rings) {
        ring.release();
      }
      delivered = number;
    }
    return count;
  }

  /** Delivers from one ring as long as it has the oldest record. */
  private int drain(int index, long bound, EventHandler handler, int before, int limit) {
    Ring ring = rings[index];
    int count = before;
    long head = heads[index];
    while (head <= bound && head != Ring.NONE && count < limit) {
      int offset = ring.headOffset();
      EventView.Check check = view.wrap(ring.data(), offset, ring.headLength());
      ring.next();
      if (check == EventView.Check.OK) {
        count++;
        view.position(index, ++number);
        handler.onEvent(view);
      } else {
        skipped[check.ordinal()]++;
      }
      if (ring.unreleased() > ring.size() / 4) {
        ring.release();
      }
      head = ring.head();
    }
    heads[index] = head;
    return count;
  }

  /** Most bytes that waited in a ring when the last poll began. */
  long waiting() {
    return waiting;
  }

  /** True when a ring holds anything, finished or not. */
  boolean isPending() {
    for (Ring ring : rings) {
      if (ring.isPending()) {
        return true;
      }
    }
    return false;
  }

  /** Records delivered so far. */
  long delivered() {
    return delivered;
  }

  /** Records skipped so far, by what was wrong. A reading thread may see them a little late. */
  Map<EventView.Check, Long> skipped() {
    Map<EventView.Check, Long> map = new EnumMap<>(EventView.Check.class);
    for (EventView.Check check : EventView.Check.values()) {
      long count = skipped[check.ordinal()];
      if (check == EventView.Check.BAD_LENGTH) {
        for (Ring ring : rings) {
          count += ring.corrupt();
        }
      }
      if (count > 0) {
        map.put(check, count);
      }
    }
    return map;
  }
}
