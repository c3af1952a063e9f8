package io.jfalco.daemon;

import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import java.util.List;

/**
 * Configuration and rules at work, until the next reload.
 *
 * @param setup what was read
 * @param active the rules that are switched on
 * @param outputs where alerts go
 * @param statistics what fired; owned by the event-loop thread
 */
record Generation(Setup setup, ActiveRules active, OutputList outputs, Statistics statistics) {

  static Generation first(Setup setup, ActiveRules active, String hostname) {
    return new Generation(
        setup, active, OutputList.start(setup.config(), hostname), statistics(setup.rules()));
  }

  /** The next one; outputs that stay the same are shared. */
  Generation next(Setup next, ActiveRules rules, String hostname) {
    return new Generation(
        next, rules, outputs.next(next.config(), hostname), statistics(next.rules()));
  }

  private static Statistics statistics(RuleSet rules) {
    List<Rule> all = rules.rules();
    return new Statistics(all.stream().map(Rule::name).toArray(String[]::new));
  }

  /** What the event loop does. To be called once: it starts the captures of the rules. */
  Work work(Stages.Watched watched) {
    return new Work(
        Stages.ofRules(setup, active, watched, outputs.outputs(), statistics),
        outputs.outputs(),
        setup.config().drops(),
        setup.config().syscalls().maxTimeouts());
  }
}
