package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import java.util.List;

/**
 * Conditions that are tested on the same events. What many of them need is tested first, once for
 * all, so that an event that satisfies none costs about the same for ten as for a thousand. Owned
 * by the event-loop thread; tests allocate nothing.
 */
public final class ConditionIndex {
  /** So few conditions are tested one by one. */
  private static final int FEW = 3;

  private final Condition[] conditions;
  private final Filter[] filters;
  private final long[] all;
  private final long[] open;

  /** An index of conditions of one compiler; they keep their order. */
  public ConditionIndex(List<Condition> conditions) {
    this.conditions = conditions.toArray(new Condition[0]);
    int words = ConditionSets.words(this.conditions.length);
    filters = this.conditions.length > FEW ? FilterFactory.filters(conditions) : new Filter[0];
    all = new long[words];
    for (int i = 0; i < this.conditions.length; i++) {
      all[i >> 6] |= 1L << i;
    }
    open = new long[words];
  }

  /** Starts with an event: to be called before {@link #next}. False when no condition holds. */
  public boolean start(EventContext context) {
    System.arraycopy(all, 0, open, 0, all.length);
    for (Filter filter : filters) {
      if (!filter.apply(context, open)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The number of the first condition that holds.
   *
   * @param from number to start with
   * @return -1 when none of them holds
   */
  public int next(EventContext context, int from) {
    int at = ConditionSets.next(open, from);
    while (at >= 0 && !conditions[at].test(context)) {
      at = ConditionSets.next(open, at + 1);
    }
    return at;
  }
}
