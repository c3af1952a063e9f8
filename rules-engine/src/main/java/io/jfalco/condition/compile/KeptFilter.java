package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/** A filter that depends on the process alone: what it finds is kept for each process. */
final class KeptFilter extends Filter {
  /** Threads for which it is kept. */
  private static final int ROWS = 256;

  private final Filter filter;
  private final Dependence dependence;
  private ProcessRows rows;
  private long[][] kept;

  KeptFilter(Filter filter, Dependence dependence) {
    super(filter.concerned());
    this.filter = filter;
    this.dependence = dependence;
  }

  @Override
  long[] possible(EventContext context) {
    if (rows == null) {
      rows = new ProcessRows(ROWS, dependence);
      kept = new long[ROWS][filter.concerned().length];
    }
    int row = rows.find(context);
    if (row == ProcessRows.NONE) {
      return filter.possible(context);
    }
    long[] found = kept[row];
    if (rows.takeNew()) {
      System.arraycopy(filter.possible(context), 0, found, 0, found.length);
    }
    return found;
  }

  @Override
  int cost() {
    return 2;
  }
}
