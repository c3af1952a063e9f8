package io.jfalco.rule;

import io.jfalco.state.EventContext;

/** Takes the rules that an event matches. */
@FunctionalInterface
public interface RuleMatchHandler {
  /** A rule matched; the event and the state are only valid during the call. */
  void onMatch(Rule rule, EventContext context);
}
