package io.jfalco.daemon;

import io.jfalco.driver.LiveSource;
import java.util.Optional;

/** Tests rules on events and raises alerts; reloads configuration and rules on request. */
final class RuleJob implements Job {
  private final Setup.Loader loader;
  private final String hostname;
  private final Generation first;
  private final String contents;
  private Optional<CaptureRecorder> recorder = Optional.empty();
  private Reloader reloader;
  private FileWatcher watcher;
  private Work work;

  RuleJob(Generation first, Setup.Loader loader, String hostname) {
    this.first = first;
    this.contents = FileWatcher.contents(first.setup().files());
    this.loader = loader;
    this.hostname = hostname;
  }

  @Override
  public Work start(Place place) throws FatalException {
    if (place.write().isPresent()) {
      recorder = Optional.of(CaptureRecorder.open(place.write().get(), place.watched()));
    }
    work = first.work(place.watched());
    if (place.source() instanceof LiveSource || place.source() instanceof IdleSource) {
      reloader = new Reloader(loader, place, hostname, first, work, this::withRecorder);
      place.signals().onHangup(reloader::request);
      if (first.setup().config().watchFiles()) {
        watcher =
            FileWatcher.start(
                () -> reloader.current().setup().files(), contents, reloader::request);
      }
    } else {
      place.signals().onHangup(() -> Log.warning("SIGHUP received: a replay does not reload"));
    }
    return withRecorder(work);
  }

  private Work withRecorder(Work made) {
    return recorder.map(made::and).orElse(made);
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
    }
    if (work != null) {
      (reloader == null ? work : reloader.work()).stage().close();
    }
    recorder.ifPresent(EventStage::close);
  }

  /** Delivers what alerts wait, and prints what fired. */
  void end() {
    Generation last = reloader == null ? first : reloader.current();
    last.outputs().outputs().close();
    Console.out(last.statistics().summary());
  }
}
