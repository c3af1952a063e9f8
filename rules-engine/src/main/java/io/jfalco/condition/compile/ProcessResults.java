package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Results of conditions that depend on nothing but the state of the event's process, or of its
 * ancestors too. They are kept for the threads that ran last, as bits, until that state changes:
 * nobody has to be told, a row is good for the generations that it was made for.
 *
 * <pre>
 *   row    generations of thread, main thread, users, lineage
 *   bits   known, one for each condition  |  result, one for each condition
 * </pre>
 *
 * <p>Belongs to one compiler, so another rule set begins with nothing. Owned by the event-loop
 * thread.
 */
final class ProcessResults {
  /** Threads whose results are kept. */
  private static final int ROWS = 2048;

  /** No results are kept for the current event. */
  static final int NO_ROW = -1;

  private final boolean lineage;
  private final Map<Condition, KnownNode> nodes = new HashMap<>();
  private long[] threads = {};
  private long[] mains = {};
  private long[] users = {};
  private long[] lineages = {};
  private long[] bits = new long[0];
  private int words;
  private long evaluation;
  private int row = NO_ROW;

  /** Results for conditions of one kind: of the process alone, or of its ancestors too. */
  ProcessResults(Dependence dependence) {
    lineage = dependence == Dependence.LINEAGE;
  }

  /** A node for the condition that keeps its results here. */
  KnownNode node(Condition condition) {
    return nodes.computeIfAbsent(condition, part -> new KnownNode(part, this, nodes.size()));
  }

  /** Where the bits of the current event's thread begin, or {@link #NO_ROW}. */
  int row(EventContext context) {
    long now = context.evaluation();
    if (evaluation != now) {
      evaluation = now;
      row = find(context);
    }
    return row;
  }

  private int find(EventContext context) {
    ThreadInfo thread = context.thread();
    if (thread == null || lineage && !thread.isLinked()) {
      return NO_ROW;
    }
    if (words * 64 < nodes.size()) {
      grow();
    }
    int at = (int) thread.generation() & ROWS - 1;
    int start = at * words * 2;
    long ancestors = lineage ? context.state().lineage() : 0;
    long main = thread.mainGeneration();
    long names = context.state().users().generation();
    if (threads[at] != thread.generation()
        || mains[at] != main
        || lineages[at] != ancestors
        || users[at] != names) {
      threads[at] = thread.generation();
      mains[at] = main;
      lineages[at] = ancestors;
      users[at] = names;
      Arrays.fill(bits, start, start + words, 0);
    }
    return start;
  }

  /** Makes room for nodes that were made after the first event, and forgets all. */
  private void grow() {
    words = (nodes.size() + 63) / 64;
    bits = new long[ROWS * words * 2];
    threads = new long[ROWS];
    mains = new long[ROWS];
    users = new long[ROWS];
    lineages = new long[ROWS];
  }

  /** The result of a condition whose state is one row. */
  boolean test(Condition part, int index, int start, EventContext context) {
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
}
