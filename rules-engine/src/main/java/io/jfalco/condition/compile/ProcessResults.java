package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Results of conditions that depend on nothing but the state of the event's process, or of its
 * ancestors too. They are kept as bits, two for each condition and thread: known, and the result.
 *
 * <p>Belongs to one compiler, so another rule set begins with nothing. Owned by the event-loop
 * thread.
 */
final class ProcessResults {
  /** Threads whose results are kept. */
  private static final int ROWS = 2048;

  private final Dependence dependence;
  private final Map<Condition, KnownNode> nodes = new HashMap<>();
  private ProcessRows rows;
  private long[] bits;
  private int words;

  /** Results for conditions of one kind: of the process alone, or of its ancestors too. */
  ProcessResults(Dependence dependence) {
    this.dependence = dependence;
  }

  /** A node for the condition that keeps its results here. */
  KnownNode node(Condition condition) {
    return nodes.computeIfAbsent(condition, part -> new KnownNode(part, this, nodes.size()));
  }

  /** The result of a condition for the current event. */
  boolean test(Condition part, int index, EventContext context) {
    if (words * 64 <= index) {
      grow();
    }
    int row = rows.find(context);
    if (row == ProcessRows.NONE) {
      return part.test(context);
    }
    int start = row * words * 2;
    if (rows.takeNew()) {
      Arrays.fill(bits, start, start + words, 0);
    }
    int at = start + (index >> 6);
    long bit = 1L << index;
    if ((bits[at] & bit) != 0) {
      return (bits[at + words] & bit) != 0;
    }
    boolean result = part.test(context);
    bits[at] |= bit;
    if (result) {
      bits[at + words] |= bit;
    } else {
      bits[at + words] &= ~bit;
    }
    return result;
  }

  /** Makes room for nodes that were made since, and forgets all. */
  private void grow() {
    words = (nodes.size() + 63) / 64;
    bits = new long[ROWS * words * 2];
    rows = new ProcessRows(ROWS, dependence);
  }
}
