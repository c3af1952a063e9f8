package io.jfalco.daemon;

import io.jfalco.condition.compile.Condition;
import io.jfalco.state.EventContext;

/** Shows the events that a condition holds for. Used by the event-loop thread only. */
public interface EventShow {
  /** Which events are shown. */
  Condition filter();

  /**
   * Shows an event.
   *
   * @return false when no more are wanted
   */
  boolean show(EventContext context);

  /** Lets what was shown be seen, at the latest now. */
  void flush();
}
