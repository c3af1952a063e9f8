package io.jfalco.daemon.metrics;

import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /metrics}, with the names that Falco has there. */
public final class Prometheus {
  /** Media type of the text. */
  public static final String TYPE = PrometheusText.TYPE;

  private static final Pattern BY_CPU = Pattern.compile("(n_evts_cpu|n_drops_cpu)_(\\d+)");
  private static final Pattern BUFFER_DROP = Pattern.compile("n_drops_buffer_(.+)_exit");
  private static final String BUFFER_DROPS = "n_drops_buffer";

  /**
   * Labels of counters that Falco keeps though nothing is collected at the entry of these calls.
   */
  private static final List<String> ENTER =
      List.of("clone_fork", "execve", "connect", "open", "dir_file", "other_interest");

  private static final String FALCO = "falco";
  private static final String SCAP = "scap";

  private final PrometheusText out = new PrometheusText();
  private final Reading reading;

  private Prometheus(Reading reading) {
    this.reading = reading;
  }

  /**
   * The page.
   *
   * @param now nanoseconds since the epoch
   */
  public static String text(Reading reading, HostIdentity host, long now) {
    return new Prometheus(reading).write(host, now);
  }

  private String write(HostIdentity host, long now) {
    Reading.About about = reading.about();
    out.info(FALCO, "version", Map.of("version", about.version()));
    about.rules().forEach((file, sum) -> sum("sha256_rules_files", file, sum));
    about.configs().forEach((file, sum) -> sum("sha256_config_files", file, sum));
    reading.rules().forEach(this::rule);
    out.info(SCAP, "engine_name", Map.of("engine_name", reading.engine(), "evt_source", "syscall"));
    reading.metrics().forEach(this::metric);
    if (reading.metrics().stream().anyMatch(m -> m.family() == MetricFamily.KERNEL)) {
      ENTER.forEach(call -> bufferDrops(Metric.count(MetricFamily.KERNEL, "", 0), "enter", call));
    }
    out.info(FALCO, "kernel_release", Map.of("kernel_release", host.kernelRelease()));
    out.info("evt", "hostname", Map.of("hostname", about.hostname()));
    wrapper(Metric.count(null, "outputs_queue_num_drops", reading.outputDrops()));
    wrapper(Metric.gauge(null, "reload_ts", Unit.TIMESTAMP, about.loaded()));
    wrapper(Metric.gauge(null, "start_ts", Unit.TIMESTAMP, about.started()));
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now - about.started());
    wrapper(Metric.count(null, "duration_sec", seconds).in(Unit.SECONDS_IN_ALL));
    wrapper(Metric.gauge(null, "host_boot_ts", Unit.TIMESTAMP, host.bootTime()));
    wrapper(Metric.gauge(null, "host_num_cpus", Unit.COUNT, (long) host.cpus()));
    for (Reading.Own own : reading.own()) {
      out.own(own.name(), own.counter(), own.help(), own.value(), own.labels());
    }
    return out.toString();
  }

  private void sum(String name, String file, String sum) {
    out.info(FALCO, name, Map.of("file_name", file, "sha256", sum));
  }

  private void rule(Reading.RuleCount rule) {
    if (rule.count() == 0) {
      return;
    }
    Map<String, String> labels = new TreeMap<>();
    rule.tags().forEach(tag -> labels.put("tag_" + tag, "true"));
    labels.put("rule_name", rule.name());
    labels.put("priority", Integer.toString(rule.priority()));
    labels.put("source", rule.source());
    wrapper(
        Metric.count(MetricFamily.RULES, "rules_matches", rule.count())
            .as("rules_matches", labels));
  }

  private void wrapper(Metric metric) {
    out.add(FALCO, metric);
  }

  private void metric(Metric metric) {
    Matcher cpu = BY_CPU.matcher(metric.name());
    Matcher drop = BUFFER_DROP.matcher(metric.name());
    if (cpu.matches()) {
      out.add(SCAP, metric.as(cpu.group(1), Map.of("cpu", cpu.group(2))));
    } else if (drop.matches()) {
      bufferDrops(metric, "exit", drop.group(1));
    } else if (!metric.name().startsWith(BUFFER_DROPS)) {
      String subsystem =
          switch (metric.family()) {
            case RESOURCES -> FALCO;
            case PLUGINS -> "plugins";
            default -> SCAP;
          };
      out.add(subsystem, metric);
    }
  }

  private void bufferDrops(Metric metric, String direction, String calls) {
    out.add(SCAP, metric.as(BUFFER_DROPS, Map.of("dir", direction, "drop", calls)));
  }
}
