package io.jfalco.condition.compile;

import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** {@code evt.around[time]=milliseconds}: the event lies that near to the time. */
record AroundCheck(Extractor time, long nanoseconds, Value value) implements Condition {
  @Override
  public boolean test(EventContext context) {
    if (!time.extract(context, value.clear())) {
      return false;
    }
    long now = context.event().timestamp();
    return Long.compareUnsigned(value.number(), now - nanoseconds) >= 0
        && Long.compareUnsigned(value.number(), now + nanoseconds) <= 0;
  }
}
