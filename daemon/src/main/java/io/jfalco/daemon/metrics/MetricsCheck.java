package io.jfalco.daemon.metrics;

import io.jfalco.config.Config;
import java.time.Duration;
import java.util.Optional;

/** Whether what is configured can be done. */
public final class MetricsCheck {
  private static final Duration LEAST = Duration.ofMillis(100);

  private MetricsCheck() {}

  /** Why metrics cannot be emitted as they are configured; in Falco's words. */
  public static Optional<String> problem(Config config) {
    Config.Metrics metrics = config.metrics();
    if (!metrics.enabled()) {
      return Optional.empty();
    }
    Optional<Duration> interval = Interval.parse(metrics.interval());
    if (interval.isEmpty() || interval.get().compareTo(LEAST) < 0) {
      return Optional.of(
          "Metrics interval must have a minimum value of 100ms and reflect a Prometheus compliant"
              + " time duration format:"
              + " https://prometheus.io/docs/prometheus/latest/querying/basics/#time-durations. ");
    }
    if (!metrics.rule() && metrics.file().isEmpty() && !config.web().prometheus()) {
      return Optional.of(
          "Metrics are enabled with no output configured. Please enable at least one output channel"
              + " ('metrics.output_rule', 'metrics.output_file' or"
              + " 'webserver.prometheus_metrics_enabled')");
    }
    return Optional.empty();
  }
}
