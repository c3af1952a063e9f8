package io.jfalco.daemon.metrics;

import io.jfalco.config.Config;
import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The fields of the internal alert and of the file, with Falco's names. Remembers the sample
 * before, of which rates are made. Used by one thread.
 */
final class SnapshotFields {
  private static final Pattern OTHERS = Pattern.compile("[^a-zA-Z0-9_:]");
  private static final Pattern UNDERSCORES = Pattern.compile("_+");
  private static final double MEGA = 1 << 20;

  private final HostIdentity host;
  private Config.Metrics config;
  private long lastTime;
  private long lastEvents;
  private long lastSeen;
  private long lastDrops;

  SnapshotFields(HostIdentity host) {
    this.host = host;
  }

  /**
   * The fields.
   *
   * @param now nanoseconds since the epoch
   */
  SortedMap<String, Object> next(Reading reading, Config.Metrics how, long now) {
    config = how;
    SortedMap<String, Object> fields = new TreeMap<>();
    double seconds = lastTime == 0 ? 0 : (now - lastTime) / 1e9;
    lastTime = now;
    about(reading, now, fields);
    if (lastEvents != 0 && seconds > 0) {
      fields.put("falco.evts_rate_sec", rate(reading.events() - lastEvents, seconds));
    }
    fields.put("falco.num_evts", reading.events());
    fields.put("falco.num_evts_prev", lastEvents);
    lastEvents = reading.events();
    if (config.families().contains(MetricFamily.RULES)) {
      rules(reading, fields);
    }
    reading.metrics().forEach(metric -> metric(metric, fields));
    if (config.families().contains(MetricFamily.KERNEL)) {
      reading.metrics().stream()
          .filter(metric -> metric.name().equals("n_evts"))
          .findFirst()
          .ifPresent(seen -> kernel(reading, seen.value().longValue(), seconds, fields));
    }
    return fields;
  }

  private static double rate(long difference, double seconds) {
    return seconds > 0 ? HostResources.tenth(difference / seconds) : 0;
  }

  private void about(Reading reading, long now, SortedMap<String, Object> fields) {
    Reading.About about = reading.about();
    fields.put("evt.time", now);
    fields.put("evt.hostname", about.hostname());
    fields.put("evt.source", "syscall");
    fields.put("falco.version", about.version());
    fields.put("falco.reload_ts", about.loaded());
    fields.put("falco.start_ts", about.started());
    fields.put("falco.duration_sec", TimeUnit.NANOSECONDS.toSeconds(now - about.started()));
    fields.put("falco.kernel_release", host.kernelRelease());
    fields.put("falco.host_boot_ts", host.bootTime());
    fields.put("falco.host_num_cpus", (long) host.cpus());
    fields.put("falco.outputs_queue_num_drops", reading.outputDrops());
    fields.put("scap.engine_name", reading.engine());
    about.rules().forEach((file, sum) -> fields.put("falco.sha256_rules_file." + word(file), sum));
    about
        .configs()
        .forEach((file, sum) -> fields.put("falco.sha256_config_file." + word(file), sum));
    fields.putAll(HostIdentity.addresses());
  }

  private void rules(Reading reading, SortedMap<String, Object> fields) {
    long total = 0;
    for (Reading.RuleCount rule : reading.rules()) {
      total += rule.count();
      if (rule.count() > 0 || config.empty()) {
        fields.put("falco.rules." + word(rule.name()), rule.count());
      }
    }
    fields.put("falco.rules.matches_total", total);
  }

  /** A name with underscores for what is no part of a word. */
  static String word(String name) {
    String word = UNDERSCORES.matcher(OTHERS.matcher(name).replaceAll("_")).replaceAll("_");
    return word.endsWith("_") ? word.substring(0, word.length() - 1) : word;
  }

  private void metric(Metric metric, SortedMap<String, Object> fields) {
    if (metric.value().doubleValue() == 0 && !config.empty()) {
      return;
    }
    String prefix =
        switch (metric.family()) {
          case RULES, RESOURCES, STATE -> "falco.";
          case KERNEL, KERNEL_BY_CPU, ITERATORS, PROGRAMS -> "scap.";
          case PLUGINS -> "plugins.";
        };
    if (metric.isMemory() && config.megabytes()) {
      String suffix = metric.unit() == Unit.BYTES ? "_bytes" : "_kb";
      String name = metric.name().replace(suffix, "_mb");
      fields.put(prefix + name, HostResources.tenth(metric.bytes() / MEGA));
    } else {
      fields.put(prefix + metric.name(), metric.value());
    }
  }

  /** These are always there, also when they are 0. */
  private void kernel(
      Reading reading, long seen, double seconds, SortedMap<String, Object> fields) {
    long drops = 0;
    for (Metric metric : reading.metrics()) {
      drops += metric.name().equals("n_drops") ? metric.value().longValue() : 0;
    }
    long newSeen = seen - lastSeen;
    long newDrops = drops - lastDrops;
    fields.put("scap.n_evts", seen);
    fields.put("scap.n_evts_prev", lastSeen);
    fields.put("scap.evts_rate_sec", rate(newSeen, seconds));
    fields.put("scap.n_drops", drops);
    fields.put("scap.n_drops_prev", lastDrops);
    fields.put("scap.evts_drop_rate_sec", rate(newDrops, seconds));
    fields.put("scap.n_drops_perc", newSeen > 0 ? 100.0 * newDrops / newSeen : 0.0);
    lastSeen = seen;
    lastDrops = drops;
  }
}
