package io.jfalco.daemon;

import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.state.EventContext;

/** Tests the rules on events. */
final class RuleStage implements EventStage {
  private final RuleIndex rules;
  private final RuleMatchHandler matches;

  RuleStage(RuleIndex rules, RuleMatchHandler matches) {
    this.rules = rules;
    this.matches = matches;
  }

  @Override
  public boolean onEvent(EventContext context) {
    if (!context.event().isStateOnly()) {
      rules.match(context, matches);
    }
    return true;
  }
}
