package io.jfalco.daemon;

import io.jfalco.driver.LiveSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Tests rules on events and raises alerts; reloads configuration and rules on request. */
final class RuleJob implements Job {
  private final Setup.Loader loader;
  private final String hostname;
  private final Generation first;
  private final String contents;
  private final BooleanSupplier hurried;

  /** What stays over reloads, behind the rules. */
  private final List<EventStage> permanent = new ArrayList<>();

  private Reloader reloader;
  private FileWatcher watcher;
  private Work work;

  /**
   * A job.
   *
   * @param hurried true when the end was asked for: no reader of standard output is waited for then
   */
  RuleJob(Generation first, Setup.Loader loader, String hostname, BooleanSupplier hurried) {
    this.hurried = hurried;
    this.first = first;
    this.contents = FileWatcher.contents(first.setup().files());
    this.loader = loader;
    this.hostname = hostname;
  }

  @Override
  public Work start(Place place) throws FatalException {
    if (place.write().isPresent()) {
      permanent.add(CaptureRecorder.open(place.write().get(), place.watched()));
    }
    if (place.stateFile().isPresent()) {
      place.signals().installStateRequest();
      permanent.add(
          new StateFile(
              place.stateFile().get(), place.watched().state(), place.signals()::takeStateRequest));
    }
    work = first.work(place.watched());
    if (place.source() instanceof LiveSource || place.source() instanceof IdleSource) {
      reloader = new Reloader(loader, place, hostname, first, work, this::complete);
      place.signals().onHangup(reloader::request);
      if (first.setup().config().watchFiles()) {
        watcher =
            FileWatcher.start(
                () -> reloader.current().setup().files(), contents, reloader::request);
      }
    } else {
      place.signals().onHangup(() -> Log.warning("SIGHUP received: a replay does not reload"));
    }
    return reloader == null ? complete(work) : reloader.work();
  }

  private Work complete(Work made) {
    Work all = made;
    for (EventStage stage : permanent) {
      all = all.and(stage);
    }
    return all;
  }

  @Override
  public Optional<Work> next() {
    return reloader == null ? Optional.empty() : reloader.next();
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
    if (reloader != null) {
      reloader.close();
    } else if (work != null) {
      work.stage().close();
    }
    permanent.forEach(EventStage::close);
  }

  /** Delivers what alerts wait, and prints what fired. */
  void end() {
    Generation last = reloader == null ? first : reloader.current();
    last.outputs().outputs().close();
    String summary = last.statistics().summary();
    if (hurried.getAsBoolean()) {
      Console.outBriefly(summary);
    } else {
      Console.out(summary);
    }
  }
}
