package io.jfalco.daemon;

import io.jfalco.alert.Alert;
import io.jfalco.output.Outputs;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.state.EventContext;

/** Makes alerts of matches, counts them and sends them. Owned by the event-loop thread. */
final class AlertRaiser implements RuleMatchHandler {
  private final Outputs outputs;
  private final Statistics statistics;

  AlertRaiser(Outputs outputs, Statistics statistics) {
    this.outputs = outputs;
    this.statistics = statistics;
  }

  @Override
  public void onMatch(Rule rule, EventContext context) {
    statistics.count(rule.index(), rule.priority());
    outputs.send(
        new Alert(
            context.event().timestamp(),
            rule.priority(),
            rule.name(),
            rule.source(),
            rule.template().message(context),
            rule.template().fields(context),
            rule.tags()));
  }
}
