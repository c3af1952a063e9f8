package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import java.util.List;

/**
 * Conditions that are tested on the same events. What many of them need is tested first, once for
 * all, so that an event that satisfies none costs about the same for a hundred as for a thousand.
 * Owned by the event-loop thread; tests allocate nothing.
 *
 * <p>Which filters rule out most depends on the events, so they are put in order now and then by
 * what they have done. Their order changes no result, nor does leaving one out.
 */
public final class ConditionIndex {
  /** So few conditions are tested one by one. */
  private static final int FEW = 3;

  /** Events after which the filters are put in order. */
  private static final int PERIOD = 1 << 13;

  /** Events of a period on which all filters are tried. */
  private static final int TRIAL = 1 << 8;

  private final Condition[] conditions;
  private final Filter[] filters;
  private final int[] benefits;
  private final long[] all;
  private final long[] open;
  private int used;
  private int events;

  /** An index of conditions of one compiler; they keep their order. */
  public ConditionIndex(List<Condition> conditions) {
    this.conditions = conditions.toArray(new Condition[0]);
    int words = ConditionSets.words(this.conditions.length);
    filters = this.conditions.length > FEW ? FilterFactory.filters(conditions) : new Filter[0];
    used = filters.length;
    benefits = new int[used];
    all = new long[words];
    for (int i = 0; i < this.conditions.length; i++) {
      all[i >> 6] |= 1L << i;
    }
    open = new long[words];
  }

  /** Starts with an event: to be called before {@link #next}. False when no condition holds. */
  public boolean start(EventContext context) {
    System.arraycopy(all, 0, open, 0, all.length);
    boolean isOpen = true;
    for (int i = 0; isOpen && i < used; i++) {
      isOpen = filters[i].apply(context, open);
    }
    if (++events == TRIAL) {
      order();
    } else if (events == PERIOD) {
      tryAll();
    }
    return isOpen;
  }

  private void tryAll() {
    events = 0;
    used = filters.length;
    for (Filter filter : filters) {
      filter.takeBenefit();
    }
  }

  /** Puts filters first that rule out most, and leaves out those that rule out nothing. */
  private void order() {
    for (int i = 0; i < filters.length; i++) {
      Filter filter = filters[i];
      int benefit = filter.takeBenefit();
      int at = i;
      while (at > 0 && benefits[at - 1] < benefit) {
        filters[at] = filters[at - 1];
        benefits[at] = benefits[at - 1];
        at--;
      }
      filters[at] = filter;
      benefits[at] = benefit;
    }
    while (used > 0 && benefits[used - 1] == 0) {
      used--;
    }
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
