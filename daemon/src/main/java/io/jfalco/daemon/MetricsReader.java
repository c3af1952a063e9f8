package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.HostResources;
import io.jfalco.daemon.metrics.KernelMetrics;
import io.jfalco.daemon.metrics.Metric;
import io.jfalco.daemon.metrics.Metric.Unit;
import io.jfalco.daemon.metrics.Reading;
import io.jfalco.driver.EventSource;
import io.jfalco.driver.LiveSource;
import io.jfalco.output.Outputs;
import io.jfalco.state.StateCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads all numbers of the moment. Any thread. */
final class MetricsReader {
  private final EventSource source;
  private final Health health;
  private final FigureBoard<LoopFigures> figures;
  private final Supplier<Generation> current;
  private final String hostname;
  private final long started;

  /**
   * A reader.
   *
   * @param source open
   * @param figures what the event loop knows
   * @param current the generation at work
   * @param started when the daemon was, nanoseconds since the epoch
   */
  MetricsReader(
      EventSource source,
      Health health,
      FigureBoard<LoopFigures> figures,
      Supplier<Generation> current,
      String hostname,
      long started) {
    this.source = source;
    this.health = health;
    this.figures = figures;
    this.current = current;
    this.hostname = hostname;
    this.started = started;
  }

  Reading read() {
    Generation generation = current.get();
    LoopFigures loop = figures.fresh();
    Config config = generation.setup().config();
    Set<MetricFamily> families = config.metrics().families();
    Outputs outputs = generation.outputs().outputs();
    return new Reading(
        new Reading.About(
            Versions.falco(),
            hostname,
            started,
            generation.loaded(),
            generation.setup().sums().rules(),
            generation.setup().sums().configs()),
        engine(config.engine().kind()),
        loop.events(),
        families.contains(MetricFamily.RULES) ? loop.rules() : List.of(),
        metrics(config, loop.state()),
        outputs.dropped(),
        new OwnMetrics(health, source.stats(), loop, outputs).all());
  }

  private static String engine(EngineKind kind) {
    return switch (kind) {
      case MODERN_EBPF -> "modern_bpf";
      case KMOD -> "kmod";
      case NODRIVER -> "nodriver";
      case REPLAY -> "savefile";
    };
  }

  private List<Metric> metrics(Config config, LoopFigures.State state) {
    Set<MetricFamily> families = config.metrics().families();
    List<Metric> all = new ArrayList<>();
    if (source instanceof LiveSource live) {
      all.addAll(KernelMetrics.of(live, config.engine().kind() == EngineKind.KMOD, families));
    }
    if (families.contains(MetricFamily.RESOURCES)) {
      all.addAll(HostResources.read(Host.root(), System::getenv));
    }
    if (families.contains(MetricFamily.STATE)) {
      all.add(Metric.gauge(MetricFamily.STATE, "n_threads", Unit.COUNT, state.threads()));
      all.add(Metric.gauge(MetricFamily.STATE, "n_fds", Unit.COUNT, state.fds()));
      for (StateCounters.Count count : state.counters().falco()) {
        all.add(Metric.count(MetricFamily.STATE, count.name(), count.value()));
      }
    }
    if (families.contains(MetricFamily.PLUGINS)) {
      all.add(Metric.count(MetricFamily.PLUGINS, "container.n_containers", state.containers()));
      all.add(
          Metric.count(
              MetricFamily.PLUGINS, "container.n_missing_container_images", state.imageless()));
    }
    return all;
  }
}
