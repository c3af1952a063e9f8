package io.jfalco.config;

import io.jfalco.config.Config.MetricFamily;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** {@code metrics}. */
final class MetricsMapping {
  private final ConfigTree tree;

  MetricsMapping(ConfigTree tree) {
    this.tree = tree;
  }

  Config.Metrics metrics(Consumer<String> warnings) {
    boolean enabled = tree.truth("metrics.enabled", false);
    if (enabled && tree.truth("metrics.jemalloc_stats_enabled", false)) {
      warnings.accept(
          "metrics.jemalloc_stats_enabled has no effect: the memory of a Java program is not that"
              + " of jemalloc");
    }
    return new Config.Metrics(
        enabled,
        tree.text("metrics.interval", "5000"),
        tree.truth("metrics.output_rule", false),
        tree.text("metrics.output_file", ""),
        families(),
        tree.truth("metrics.convert_memory_to_mb", true),
        tree.truth("metrics.include_empty_values", false));
  }

  private Set<MetricFamily> families() {
    EnumSet<MetricFamily> families = EnumSet.noneOf(MetricFamily.class);
    for (MetricFamily family : MetricFamily.values()) {
      if (tree.truth("metrics." + key(family), true)) {
        families.add(family);
      }
    }
    return Collections.unmodifiableSet(families);
  }

  private static String key(MetricFamily family) {
    return switch (family) {
      case RULES -> "rules_counters_enabled";
      case RESOURCES -> "resource_utilization_enabled";
      case STATE -> "state_counters_enabled";
      case KERNEL -> "kernel_event_counters_enabled";
      case KERNEL_BY_CPU -> "kernel_event_counters_per_cpu_enabled";
      case ITERATORS -> "kernel_iter_event_counters_enabled";
      case PROGRAMS -> "libbpf_stats_enabled";
      case PLUGINS -> "plugins_metrics_enabled";
    };
  }
}
