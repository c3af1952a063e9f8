package io.jfalco.field;

import io.jfalco.state.EventContext;

/**
 * Reads a field, its argument already bound, from an event and the state. Allocates nothing (beyond
 * growing {@code out} for the first time).
 */
@FunctionalInterface
public interface Extractor {
  /**
   * Fills {@code out}, which is empty.
   *
   * @return false when the event has no such value
   */
  boolean extract(EventContext context, Value out);
}
