package io.jfalco.field;

import io.jfalco.event.ParamInfo;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.BufferFormat;
import io.jfalco.state.EventContext;
import java.util.Optional;

/**
 * Reads a field, its argument already bound, from an event and the state. Allocates nothing (beyond
 * growing {@code out} for the first time). May keep scratch space: one extractor belongs to one
 * thread.
 */
@FunctionalInterface
public interface Extractor {
  /**
   * Fills {@code out}, which is empty.
   *
   * @return false when the event has no such value
   */
  boolean extract(EventContext context, Value out);

  /**
   * Fills {@code out}, which is empty, with what outputs show. Differs from {@link #extract} for
   * fields that conditions compare in more than one place (ancestors, both ends of a connection).
   *
   * @return false when the event has no such value
   */
  default boolean print(EventContext context, Value out) {
    return extract(context, out);
  }

  /** The type of the value where it depends on the argument of the field. */
  default Optional<ParamType> type() {
    return Optional.empty();
  }

  /** What was printed of this event, where type and form differ from event to event. */
  default Optional<ParamInfo> shownAs(EventContext context) {
    return Optional.empty();
  }

  /** How byte buffers print. */
  default BufferFormat buffers() {
    return BufferFormat.TEXT;
  }

  /** How numbers print where that depends on the argument of the field. */
  default Optional<PrintFormat> format() {
    return Optional.empty();
  }
}
