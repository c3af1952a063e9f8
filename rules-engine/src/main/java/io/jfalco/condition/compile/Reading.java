package io.jfalco.condition.compile;

import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/**
 * A field as checks see it: read at most once for an evaluation, however many checks ask for it.
 * Owned by the event-loop thread.
 */
final class Reading {
  private final Extractor extractor;
  private final Dependence dependence;
  private final Value value = new Value();
  private long evaluation;
  private boolean present;

  Reading(Extractor extractor, Dependence dependence) {
    this.extractor = extractor;
    this.dependence = dependence;
  }

  /** What must change before the value can change. */
  Dependence dependence() {
    return dependence;
  }

  /** True when the event has a value, which {@link #value} then holds until the next evaluation. */
  boolean read(EventContext context) {
    long now = context.evaluation();
    if (evaluation != now) {
      present = extractor.extract(context, value.clear());
      evaluation = now;
    }
    return present;
  }

  /** The value; good only when {@link #read} said so. */
  Value value() {
    return value;
  }
}
