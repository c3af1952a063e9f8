package io.jfalco.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.config.Config;
import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotFieldsTest {
  private static final long SECOND = 1_000_000_000L;

  private final SnapshotFields fields =
      new SnapshotFields(new HostIdentity("6.1.0", 100 * SECOND, 2));

  private static Config.Metrics config(boolean megabytes, boolean empty) {
    return new Config.Metrics(
        true, "1s", true, "", EnumSet.allOf(MetricFamily.class), megabytes, empty);
  }

  private static Reading reading(long events, long seen, long drops) {
    return new Reading(
        new Reading.About(
            "0.1",
            "host",
            1000 * SECOND,
            1001 * SECOND,
            new TreeMap<>(Map.of("falco_rules.local.yaml", "ab")),
            new TreeMap<>(Map.of("falco.yaml", "cd"))),
        "modern_bpf",
        events,
        List.of(
            new Reading.RuleCount("Read: \"x\" (y)", 4, "syscall", List.of(), events),
            new Reading.RuleCount("never", 4, "syscall", List.of(), 0)),
        List.of(
            Metric.count(MetricFamily.KERNEL, "n_evts", seen),
            Metric.count(MetricFamily.KERNEL, "n_drops_bug", 0),
            Metric.count(MetricFamily.KERNEL, "n_drops", drops),
            Metric.gauge(MetricFamily.RESOURCES, "memory_rss_kb", Unit.KIBIBYTES, 57_037L),
            Metric.gauge(MetricFamily.RESOURCES, "cpu_usage_perc", Unit.PERCENT, 12.6),
            Metric.gauge(MetricFamily.STATE, "n_threads", Unit.COUNT, 30L),
            Metric.count(MetricFamily.PLUGINS, "container.n_containers", 2)),
        7,
        List.of());
  }

  private Map<String, Object> next(Reading reading, Config.Metrics config, long second) {
    Map<String, Object> all = new TreeMap<>(fields.next(reading, config, second * SECOND));
    all.keySet().removeIf(name -> name.startsWith("falco.host_netinfo."));
    return all;
  }

  @Test
  void theFirstSampleHasNoRates() {
    assertThat(next(reading(3, 4, 0), config(true, false), 1010))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("evt.time", 1010 * SECOND),
                Map.entry("evt.hostname", "host"),
                Map.entry("evt.source", "syscall"),
                Map.entry("falco.version", "0.1"),
                Map.entry("falco.reload_ts", 1001 * SECOND),
                Map.entry("falco.start_ts", 1000 * SECOND),
                Map.entry("falco.duration_sec", 10L),
                Map.entry("falco.kernel_release", "6.1.0"),
                Map.entry("falco.host_boot_ts", 100 * SECOND),
                Map.entry("falco.host_num_cpus", 2L),
                Map.entry("falco.outputs_queue_num_drops", 7L),
                Map.entry("falco.sha256_rules_file.falco_rules_local_yaml", "ab"),
                Map.entry("falco.sha256_config_file.falco_yaml", "cd"),
                Map.entry("falco.num_evts", 3L),
                Map.entry("falco.num_evts_prev", 0L),
                Map.entry("falco.rules.matches_total", 3L),
                Map.entry("falco.rules.Read:_x_y", 3L),
                Map.entry("falco.memory_rss_mb", 55.7),
                Map.entry("falco.cpu_usage_perc", 12.6),
                Map.entry("falco.n_threads", 30L),
                Map.entry("plugins.container.n_containers", 2L),
                Map.entry("scap.engine_name", "modern_bpf"),
                Map.entry("scap.n_evts", 4L),
                Map.entry("scap.n_evts_prev", 0L),
                Map.entry("scap.evts_rate_sec", 0.0),
                Map.entry("scap.n_drops", 0L),
                Map.entry("scap.n_drops_prev", 0L),
                Map.entry("scap.evts_drop_rate_sec", 0.0),
                Map.entry("scap.n_drops_perc", 0.0)));
  }

  @Test
  void laterSamplesHaveRates() {
    Map<String, Object> unused = next(reading(100, 200, 10), config(true, false), 1010);
    assertThat(next(reading(103, 260, 40), config(true, false), 1014))
        .containsEntry("falco.evts_rate_sec", 0.8)
        .containsEntry("falco.num_evts_prev", 100L)
        .containsEntry("scap.evts_rate_sec", 15.0)
        .containsEntry("scap.evts_drop_rate_sec", 7.5)
        .containsEntry("scap.n_evts_prev", 200L)
        .containsEntry("scap.n_drops_prev", 10L)
        .containsEntry("scap.n_drops_perc", 50.0);
  }

  @Test
  void emptyValuesAndUnitsAsAsked() {
    assertThat(next(reading(3, 4, 0), config(false, true), 1010))
        .containsEntry("falco.rules.never", 0L)
        .containsEntry("scap.n_drops_bug", 0L)
        .containsEntry("falco.memory_rss_kb", 57_037L)
        .doesNotContainKey("falco.memory_rss_mb");
  }
}
