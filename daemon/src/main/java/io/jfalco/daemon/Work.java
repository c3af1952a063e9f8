package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.output.Outputs;
import java.util.Optional;

/**
 * What the event loop does with events; replaced as a whole, between two batches.
 *
 * @param stage what events come to
 * @param outputs where alerts go
 * @param drops what is done about lost events
 * @param risk which rules lost events concern
 * @param maxTimeouts so many timeouts in a row raise an internal alert
 */
record Work(EventStage stage, Outputs outputs, Config.Drops drops, DropRisk risk, int maxTimeouts) {
  /** Where the next work comes from. Called by the event-loop thread, for each batch. */
  @FunctionalInterface
  interface Supply {
    /** Another work to go on with, if there is one. */
    Optional<Work> next();
  }

  /** The same, with another stage behind its own. */
  Work and(EventStage last) {
    return new Work(EventStage.inTurn(stage, last), outputs, drops, risk, maxTimeouts);
  }
}
