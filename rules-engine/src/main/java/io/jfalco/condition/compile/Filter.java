package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;
import java.util.Arrays;
import java.util.List;

/**
 * A necessary part of several conditions: finds in one test which of them an event can still
 * satisfy. Sets of conditions are bits by their number.
 */
abstract class Filter {
  private final long[] concerned;

  /** Conditions that the filter has removed since the last {@link #takeBenefit}. */
  private int removed;

  Filter(long[] concerned) {
    this.concerned = concerned;
  }

  final long[] concerned() {
    return concerned;
  }

  /** Removes conditions that the event does not satisfy; false when none are left. */
  final boolean apply(EventContext context, long[] open) {
    long needed = 0;
    for (int i = 0; i < open.length; i++) {
      needed |= open[i] & concerned[i];
    }
    if (needed == 0) {
      return true;
    }
    long[] possible = possible(context);
    long left = 0;
    for (int i = 0; i < open.length; i++) {
      long gone = open[i] & concerned[i] & ~possible[i];
      removed += Long.bitCount(gone);
      open[i] ^= gone;
      left |= open[i];
    }
    return left != 0;
  }

  /** Those of the concerned conditions that the event may satisfy; good until the next call. */
  abstract long[] possible(EventContext context);

  /** What a test takes, in tests of a single bit. */
  abstract int cost();

  static int costOf(Filter[] filters) {
    int cost = 0;
    for (Filter filter : filters) {
      cost += filter.cost();
    }
    return cost;
  }

  /** Conditions ruled out since the last call, for what a test takes. */
  final int takeBenefit() {
    int benefit = removed / cost();
    removed = 0;
    return benefit;
  }

  /** A part that is the same in several conditions. */
  static final class Shared extends Filter {
    private final Condition part;
    private final long[] none;

    Shared(Condition part, long[] concerned) {
      super(concerned);
      this.part = part;
      this.none = new long[concerned.length];
    }

    @Override
    long[] possible(EventContext context) {
      return part.test(context) ? concerned() : none;
    }

    @Override
    int cost() {
      return part instanceof Nodes.Or ? 4 : 1;
    }
  }

  /** Several filters in one. */
  static final class All extends Filter {
    private final Filter[] filters;
    private final long[] left;

    private All(Filter[] filters, long[] concerned) {
      super(concerned);
      this.filters = filters;
      this.left = new long[concerned.length];
    }

    static Filter of(List<Filter> filters, int words) {
      long[] concerned = new long[words];
      for (Filter filter : filters) {
        for (int i = 0; i < words; i++) {
          concerned[i] |= filter.concerned[i];
        }
      }
      return filters.size() == 1
          ? filters.get(0)
          : new All(filters.toArray(new Filter[0]), concerned);
    }

    @Override
    long[] possible(EventContext context) {
      System.arraycopy(concerned(), 0, left, 0, left.length);
      for (Filter filter : filters) {
        filter.apply(context, left);
      }
      return left;
    }

    @Override
    int cost() {
      return costOf(filters);
    }
  }

  /** Parts that ask for one of several things: the conditions for which one of them is found. */
  static final class Choice extends Filter {
    private final Filter[] filters;
    private final long[] hits;

    Choice(Filter[] filters, long[] concerned) {
      super(concerned);
      this.filters = filters;
      this.hits = new long[concerned.length];
    }

    @Override
    long[] possible(EventContext context) {
      Arrays.fill(hits, 0);
      for (Filter filter : filters) {
        long[] found = filter.possible(context);
        for (int i = 0; i < hits.length; i++) {
          hits[i] |= found[i];
        }
      }
      return hits;
    }

    @Override
    int cost() {
      return costOf(filters);
    }
  }
}
