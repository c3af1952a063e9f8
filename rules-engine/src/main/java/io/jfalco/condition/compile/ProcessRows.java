package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import io.jfalco.state.ThreadInfo;

/**
 * Gives the threads that ran last a row each in a table of what was found out about them. A row is
 * good for the generations that it was made for, so nobody has to be told of changes. Owned by the
 * event-loop thread.
 */
final class ProcessRows {
  /** The current event has no row: its thread, or what could change it, is not known. */
  static final int NONE = -1;

  private final int count;
  private final boolean lineage;
  private final long[] threads;
  private final long[] mains;
  private final long[] users;
  private final long[] lineages;
  private long evaluation;
  private int row = NONE;
  private boolean isNew;

  /**
   * A table without content.
   *
   * @param count number of rows, a power of two
   * @param dependence what content may depend on: PROCESS or LINEAGE
   */
  ProcessRows(int count, Dependence dependence) {
    this.count = count;
    this.lineage = dependence == Dependence.LINEAGE;
    threads = new long[count];
    mains = new long[count];
    users = new long[count];
    lineages = new long[count];
  }

  /** Row of the current event, or {@link #NONE}. */
  int find(EventContext context) {
    long now = context.evaluation();
    if (evaluation != now) {
      evaluation = now;
      row = findNew(context);
    }
    return row;
  }

  private int findNew(EventContext context) {
    ThreadInfo thread = context.thread();
    if (thread == null || context.tellsOfContainer() || lineage && !thread.isLinked()) {
      return NONE;
    }
    int at = (int) thread.generation() & count - 1;
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
      isNew = true;
    }
    return at;
  }

  /** True once when the row that was found last has no content for this state yet. */
  boolean takeNew() {
    boolean was = isNew;
    isNew = false;
    return was;
  }
}
