package io.jfalco.daemon;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;
import java.util.Optional;

/**
 * Shows events that pass a filter. A capture of them also gets the others that change the state,
 * for the state only, so that what it shows later is the same.
 */
final class ShowStage implements EventStage {
  private final EventShow show;
  private final Optional<CaptureRecorder> recorder;

  ShowStage(EventShow show, Optional<CaptureRecorder> recorder) {
    this.show = show;
    this.recorder = recorder;
  }

  @Override
  public void first(EventView event) {
    recorder.ifPresent(r -> r.first(event));
  }

  @Override
  public boolean onEvent(EventContext context) {
    EventView event = context.event();
    boolean passes = false;
    if (!event.isStateOnly()) {
      context.nextEvaluation();
      passes = show.filter().test(context);
    }
    if (recorder.isPresent()) {
      if (passes) {
        recorder.get().onEvent(context);
      } else if (event.isStateOnly() || event.type().info().is(EventFlag.MODIFIES_STATE)) {
        recorder.get().onlyForState(context);
      }
    }
    return !passes || show.show(context);
  }

  @Override
  public void tick() {
    show.flush();
    recorder.ifPresent(CaptureRecorder::tick);
  }

  @Override
  public void close() {
    show.flush();
    recorder.ifPresent(CaptureRecorder::close);
  }
}
