package io.jfalco.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private final PrometheusText text = new PrometheusText();

  @Test
  void samplesOfANameStandBehindOneHeader() {
    Metric metric = Metric.count(MetricFamily.KERNEL, "n_evts_cpu", 0);
    text.add("scap", metric.as("n_evts_cpu", Map.of("cpu", "0")));
    text.add("scap", Metric.count(MetricFamily.KERNEL, "n_evts", 18_000_000_000L));
    text.add("scap", metric.as("n_evts_cpu", Map.of("cpu", "1")));
    assertThat(text)
        .hasToString(
            """
            # HELP falcosecurity_scap_n_evts_cpu_total https://falco.org/docs/metrics/
            # TYPE falcosecurity_scap_n_evts_cpu_total counter
            falcosecurity_scap_n_evts_cpu_total{cpu="0"} 0
            falcosecurity_scap_n_evts_cpu_total{cpu="1"} 0
            # HELP falcosecurity_scap_n_evts_total https://falco.org/docs/metrics/
            # TYPE falcosecurity_scap_n_evts_total counter
            falcosecurity_scap_n_evts_total 18000000000
            """);
  }

  @Test
  void unitsAreThoseOfPrometheus() {
    MetricFamily family = MetricFamily.RESOURCES;
    text.add("falco", Metric.gauge(family, "cpu_usage_perc", Unit.PERCENT, 12.6));
    text.add("falco", Metric.gauge(family, "memory_rss_kb", Unit.KIBIBYTES, 2L));
    text.add("falco", Metric.gauge(family, "container_memory_used_bytes", Unit.BYTES, 3L));
    text.add("falco", Metric.gauge(family, "host_boot_ts", Unit.TIMESTAMP, 4L));
    text.add("scap", Metric.count(family, "p.run_time_ns", 5).in(Unit.NANOS_IN_ALL));
    text.add("scap", Metric.gauge(family, "p.avg_time_ns", Unit.NANOS, 6L));
    assertThat(text.toString().lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "falcosecurity_falco_cpu_usage_ratio 0.126000",
            "falcosecurity_falco_memory_rss_bytes 2048.000000",
            "falcosecurity_falco_container_memory_used_bytes 3.000000",
            "falcosecurity_falco_host_boot_timestamp_nanoseconds 4",
            "falcosecurity_scap_p_run_time_nanoseconds_total 5",
            "falcosecurity_scap_p_avg_time_nanoseconds 6");
  }

  @Test
  void labelsAreCleanedAndTheirValuesEscaped() {
    text.info("falco", "x", Map.of("tag_a-b", "a\"b\\c\nd", "tag__2", "\u00e9"));
    assertThat(text.toString().lines())
        .endsWith("falcosecurity_falco_x_info{tag_2=\"\u00e9\",tag_a_b=\"a\\\"b\\\\c\\nd\"} 1");
  }
}
