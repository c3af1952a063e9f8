package io.jfalco.daemon;

import io.jfalco.daemon.metrics.Reading;
import io.jfalco.driver.SourceStats;
import io.jfalco.output.OutputChannel;
import io.jfalco.output.Outputs;
import io.jfalco.state.StateCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbers that Falco does not have, for Prometheus. */
final class OwnMetrics {
  private final Health health;
  private final SourceStats stats;
  private final LoopFigures loop;
  private final Outputs outputs;
  private final List<Reading.Own> all = new ArrayList<>();

  OwnMetrics(Health health, SourceStats stats, LoopFigures loop, Outputs outputs) {
    this.health = health;
    this.stats = stats;
    this.loop = loop;
    this.outputs = outputs;
  }

  List<Reading.Own> all() {
    gauge("healthy", "1 while events are watched.", health.problems().isEmpty() ? 1 : 0);
    gauge("degradations", "Parts that this kernel did not take.", health.degradations().size());
    counter("events_failed", "Events given up because of a defect.", loop.failures());
    counter("events_skipped", "Records that contradict themselves.", stats.skippedTotal());
    counter("arguments_unreadable", "Arguments whose page was not in memory.", stats.unreadable());
    counter("ia32_events", "32-bit system calls.", stats.ia32());
    for (OutputChannel channel : outputs.channels()) {
      output(channel);
    }
    gauge("state_used_bytes", "Estimated memory of what is known.", loop.state().bytes());
    for (StateCounters.Count count : loop.state().counters().all()) {
      counter("state_" + count.name(), "Of what is known of the host.", count.value());
    }
    Runtime java = Runtime.getRuntime();
    gauge("heap_used_bytes", "Of the Java heap.", java.totalMemory() - java.freeMemory());
    gauge("heap_committed_bytes", "Of the Java heap.", java.totalMemory());
    gauge("heap_max_bytes", "Of the Java heap.", java.maxMemory());
    return all;
  }

  private void output(OutputChannel channel) {
    Map<String, String> name = Map.of("output", channel.name());
    add("output_delivered_total", true, "Messages delivered.", channel.delivered(), name);
    add("output_dropped_total", true, "Messages without room.", channel.dropped(), name);
    add("output_failed_total", true, "Messages given up.", channel.failed(), name);
    add(
        "output_busy_seconds",
        false,
        "For how long one message has been written.",
        channel.busy().toMillis() / 1000.0,
        name);
  }

  private void counter(String name, String help, long value) {
    add(name + "_total", true, help, value, Map.of());
  }

  private void gauge(String name, String help, long value) {
    add(name, false, help, value, Map.of());
  }

  private void add(
      String name, boolean counter, String help, Number value, Map<String, String> labels) {
    all.add(new Reading.Own("jfalco_" + name, counter, help, value, labels));
  }
}
