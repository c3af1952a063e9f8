package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.state.EventContext;

/** Shows parameters of events as text. Owned by the event-loop thread. */
public interface ParamText {
  /** Appends the parameter as it came; false when the event has no such value. */
  boolean rawText(EventContext context, int param, Bytes out);

  /**
   * Appends what the parameter stands for (name of a descriptor, of flags, of an error, a whole
   * path); false when it stands for nothing but itself.
   */
  boolean resolvedText(EventContext context, int param, Bytes out);

  /** Appends all parameters, {@code name=value}, separated by blanks. */
  void args(EventContext context, Bytes out);
}
