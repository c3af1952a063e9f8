package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.driver.capture.CaptureWriter.Overflow;
import io.jfalco.driver.capture.MachineInfo;
import io.jfalco.output.Outputs;
import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleIndex.Matching;
import io.jfalco.rule.RuleMatchHandler;
import io.jfalco.state.HostState;
import java.util.Optional;

/** What events come to, put together as configuration and command line say. */
final class Stages {
  private Stages() {}

  /**
   * What is watched.
   *
   * @param state state of the host, filled
   * @param machine the machine that the events are from
   * @param live whether events come whether or not they are taken
   */
  record Watched(HostState state, MachineInfo machine, boolean live) {
    Overflow overflow() {
      return live ? Overflow.LOSE : Overflow.WAIT;
    }
  }

  /** Rules and their alerts, with the captures that they start. */
  static EventStage ofRules(
      Setup setup, ActiveRules active, Watched watched, Outputs outputs, Statistics statistics) {
    Config config = setup.config();
    RuleIndex index =
        RuleIndex.of(active.rules(), config.rules().all() ? Matching.ALL : Matching.FIRST);
    RuleMatchHandler raiser = new AlertRaiser(outputs, statistics);
    if (!config.capture().enabled()) {
      return new RuleStage(index, raiser);
    }
    RuleCaptures captures =
        new RuleCaptures(config.capture(), setup.rules(), watched, outputs::send, raiser);
    return EventStage.inTurn(new RuleStage(index, captures), captures);
  }

  /** Events shown as they are. */
  static EventStage ofShow(EventShow show, Optional<CaptureTarget> write, Watched watched)
      throws FatalException {
    Optional<CaptureRecorder> recorder = Optional.empty();
    if (write.isPresent()) {
      recorder = Optional.of(CaptureRecorder.open(write.get(), watched));
    }
    return new ShowStage(show, recorder);
  }
}
