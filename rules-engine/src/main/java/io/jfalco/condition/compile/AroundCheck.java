package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/** {@code evt.around[time]=milliseconds}: the event lies that near to the time. */
record AroundCheck(long time, long nanoseconds) implements Condition {
  @Override
  public boolean test(EventContext context) {
    long now = context.event().timestamp();
    return Long.compareUnsigned(time, now - nanoseconds) >= 0
        && Long.compareUnsigned(time, now + nanoseconds) <= 0;
  }
}
