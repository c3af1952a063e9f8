package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/**
 * A necessary part of several conditions: finds in one test which of them an event can still
 * satisfy. Sets of conditions are bits by their number.
 */
abstract class Filter {
  private final long[] concerned;

  Filter(long[] concerned) {
    this.concerned = concerned;
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
      open[i] &= ~concerned[i] | possible[i];
      left |= open[i];
    }
    return left != 0;
  }

  /** Those of the concerned conditions that the event may satisfy; good until the next call. */
  abstract long[] possible(EventContext context);

  /** A part that is the same in several conditions. */
  static final class Shared extends Filter {
    private final Condition part;
    private final long[] all;
    private final long[] none;

    Shared(Condition part, long[] concerned) {
      super(concerned);
      this.part = part;
      this.all = concerned;
      this.none = new long[concerned.length];
    }

    @Override
    long[] possible(EventContext context) {
      return part.test(context) ? all : none;
    }
  }
}
