package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.daemon.metrics.HostIdentity;
import io.jfalco.daemon.metrics.Interval;
import io.jfalco.daemon.metrics.MetricsCheck;
import io.jfalco.daemon.metrics.Prometheus;
import io.jfalco.daemon.metrics.SnapshotWriter;
import io.jfalco.daemon.metrics.WallClock;
import io.jfalco.daemon.web.Answer;
import io.jfalco.driver.EventSource;
import io.jfalco.issue.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Health and metrics of the daemon: the web server and what is emitted at intervals. Stays over
 * reloads; {@link #use} starts anew what has another configuration.
 */
final class Telemetry implements AutoCloseable {
  private final Health health;
  private final String hostname;
  private final long started = WallClock.nanos();
  private final HostIdentity host = HostIdentity.read(Host.root());
  private final WebService web;
  private volatile Generation current;
  private volatile FigureBoard<LoopFigures> figures;
  private volatile MetricsReader reader;
  private Optional<SnapshotWriter> snapshots = Optional.empty();

  /** Of a daemon that starts, with its first generation. */
  Telemetry(Health health, Generation first, String hostname) {
    this.health = health;
    this.current = first;
    this.hostname = hostname;
    String versions = Json.write(Versions.all());
    web =
        new WebService(
            new HealthPage(health),
            Map.of(
                "/versions",
                () -> Optional.of(Answer.json(200, versions)),
                "/metrics",
                this::metrics));
  }

  /** Makes sure that what is configured can be done. */
  static void check(Config config) throws FatalException {
    Optional<String> problem = MetricsCheck.problem(config);
    if (problem.isPresent()) {
      throw new FatalException(problem.get());
    }
    WebService.check(config.web());
    if (config.metrics().enabled()) {
      try {
        SnapshotWriter.check(config.metrics());
      } catch (IOException e) {
        throw new FatalException("metrics.output_file cannot be written to: " + e, e);
      }
    }
  }

  /** Starts the web server. Where events come from a file, nobody is there to ask. */
  void open() throws FatalException {
    Config config = config();
    if (config.engine().kind() != Config.EngineKind.REPLAY) {
      web.start(config.web());
    }
  }

  private Config config() {
    return current.setup().config();
  }

  /**
   * The event loop is about to begin.
   *
   * @param source open
   * @param maker makes the figures of the loop, on its thread
   */
  synchronized void begin(EventSource source, Supplier<LoopFigures> maker) {
    figures = new FigureBoard<>(maker);
    reader = new MetricsReader(source, health, figures, () -> current, hostname, started);
    health.watch(source);
    emit();
  }

  /** What the event loop asks for work between two batches; it tells on the way that it goes on. */
  Work.Supply between(Work.Supply job) {
    return () -> {
      health.beat();
      if (figures != null) {
        figures.serve();
      }
      return job.next();
    };
  }

  /** Another generation works now. */
  synchronized void use(Generation next) {
    Config.Metrics before = config().metrics();
    current = next;
    if (config().engine().kind() != Config.EngineKind.REPLAY) {
      web.use(config().web());
    }
    if (!before.equals(config().metrics())) {
      emit();
    }
  }

  private void emit() {
    snapshots.ifPresent(SnapshotWriter::close);
    snapshots = Optional.empty();
    Config.Metrics metrics = config().metrics();
    if (!metrics.enabled()) {
      return;
    }
    long millis = Interval.parse(metrics.interval()).orElseThrow().toMillis();
    Log.info(
        "Setting metrics interval to "
            + metrics.interval()
            + ", equivalent to "
            + millis
            + " (ms)");
    if (metrics.rule() || !metrics.file().isEmpty()) {
      SnapshotWriter writer =
          new SnapshotWriter(
              metrics, host, reader::read, alert -> current.outputs().outputs().send(alert));
      writer.start();
      snapshots = Optional.of(writer);
    }
  }

  private Optional<Answer> metrics() {
    Config config = config();
    MetricsReader ready = reader;
    if (!config.metrics().enabled() || !config.web().prometheus() || ready == null) {
      return Optional.empty();
    }
    String text = Prometheus.text(ready.read(), host, WallClock.nanos());
    return Optional.of(new Answer(200, Prometheus.TYPE, text));
  }

  @Override
  public synchronized void close() {
    health.end();
    snapshots.ifPresent(SnapshotWriter::close);
    web.close();
  }
}
