package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/**
 * A compiled condition. Used by the event-loop thread only: nodes keep scratch space. A test
 * allocates nothing, takes no lock and ends in bounded time.
 */
public interface Condition {
  /** True when the event satisfies the condition. */
  boolean test(EventContext context);
}
