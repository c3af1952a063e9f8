package io.jfalco.daemon;

import io.jfalco.alert.Priority;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps a failure that comes again and again from filling the log: of the same warning or error a
 * few are let through in each minute, the others are counted, and the count is told afterwards. Any
 * thread may use it.
 */
final class RepeatFilter {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int LET_THROUGH = 5;

  /** So many different texts are remembered; the one that is known for longest is given up. */
  private static final int TEXTS = 64;

  private final LongSupplier clock;
  private final Map<Line, Count> counts = new LinkedHashMap<>();

  /**
   * A message.
   *
   * @param level of it
   * @param text without time
   */
  record Line(Priority level, String text) {}

  /** How often a message came since it came first. */
  private static final class Count {
    private final long since;
    private int times;

    Count(long since) {
      this.since = since;
    }

    int heldBack() {
      return Math.max(0, times - LET_THROUGH);
    }
  }

  /**
   * A filter.
   *
   * @param clock nanoseconds, from any origin
   */
  RepeatFilter(LongSupplier clock) {
    this.clock = clock;
  }

  /** What is to be written now that a message comes: counts that are due, and itself or not. */
  synchronized List<Line> pass(Line line) {
    long now = clock.getAsLong();
    List<Line> written = due(now);
    if (line.level().compareTo(Priority.WARNING) > 0) {
      written.add(line);
      return written;
    }
    Count count = counts.get(line);
    if (count == null) {
      makeRoom(written);
      count = new Count(now);
      counts.put(line, count);
    }
    count.times++;
    if (count.heldBack() == 0) {
      written.add(line);
    }
    return written;
  }

  /** All counts that were not told yet. */
  synchronized List<Line> end() {
    List<Line> written = new ArrayList<>();
    counts.forEach((line, count) -> tell(written, line, count));
    counts.clear();
    return written;
  }

  private List<Line> due(long now) {
    List<Line> written = new ArrayList<>();
    Iterator<Map.Entry<Line, Count>> all = counts.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Line, Count> entry = all.next();
      // In the order of their beginnings.
      if (now - entry.getValue().since < WINDOW_NANOS) {
        break;
      }
      tell(written, entry.getKey(), entry.getValue());
      all.remove();
    }
    return written;
  }

  private void makeRoom(List<Line> written) {
    if (counts.size() == TEXTS) {
      Iterator<Map.Entry<Line, Count>> all = counts.entrySet().iterator();
      Map.Entry<Line, Count> oldest = all.next();
      tell(written, oldest.getKey(), oldest.getValue());
      all.remove();
    }
  }

  private static void tell(List<Line> written, Line line, Count count) {
    if (count.heldBack() > 0) {
      written.add(
          new Line(line.level(), line.text() + " (repeated " + count.heldBack() + " more times)"));
    }
  }
}
