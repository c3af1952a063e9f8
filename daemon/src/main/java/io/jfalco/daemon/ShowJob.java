package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.output.Outputs;
import java.util.Set;

/** Shows events. */
final class ShowJob implements Job {
  private static final Config.Drops NO_DROPS =
      new Config.Drops(1, Set.of(Config.DropAction.IGNORE), 0, 0, false);

  private final EventShow show;
  private final Outputs none;
  private EventStage stage;

  ShowJob(EventShow show, Outputs none) {
    this.show = show;
    this.none = none;
  }

  @Override
  public Work start(Place place) throws FatalException {
    // Whoever looks at a terminal that is gone wants no more.
    place.signals().onHangup(place.signals()::terminate);
    stage = Stages.ofShow(show, place.write(), place.watched());
    return new Work(stage, none, NO_DROPS, DropRisk.NONE, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
  }
}
