package io.jfalco.daemon;

import io.jfalco.daemon.metrics.Reading;
import io.jfalco.daemon.metrics.WallClock;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration and rules at work, until the next reload.
 *
 * @param setup what was read
 * @param active the rules that are switched on
 * @param outputs where alerts go
 * @param statistics what fired; owned by the event-loop thread
 * @param loaded when it was made, nanoseconds since the epoch
 */
record Generation(
    Setup setup, ActiveRules active, OutputList outputs, Statistics statistics, long loaded) {

  static Generation first(Setup setup, ActiveRules active, String hostname) {
    return new Generation(
        setup,
        active,
        OutputList.start(setup.config(), hostname),
        statistics(setup.rules()),
        WallClock.nanos());
  }

  /** The next one; outputs that stay the same are shared. */
  Generation next(Setup next, ActiveRules rules, String hostname) {
    return new Generation(
        next,
        rules,
        outputs.next(next.config(), hostname),
        statistics(next.rules()),
        WallClock.nanos());
  }

  private static Statistics statistics(RuleSet rules) {
    List<Rule> all = rules.rules();
    return new Statistics(all.stream().map(Rule::name).toArray(String[]::new));
  }

  /** How often each rule fired. For the event-loop thread. */
  List<Reading.RuleCount> counts() {
    List<Reading.RuleCount> counts = new ArrayList<>();
    for (Rule rule : setup.rules().rules()) {
      counts.add(
          new Reading.RuleCount(
              rule.name(),
              rule.priority().ordinal(),
              rule.source(),
              rule.tags(),
              statistics.count(rule.index())));
    }
    return counts;
  }

  /** What the event loop does. To be called once: it starts the captures of the rules. */
  Work work(Stages.Watched watched) {
    return new Work(
        Stages.ofRules(setup, active, watched, outputs.outputs(), statistics),
        outputs.outputs(),
        setup.config().drops(),
        new DropRisk(active.rules()),
        setup.config().syscalls().maxTimeouts());
  }
}
