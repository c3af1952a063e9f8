package io.jfalco.daemon.metrics;

import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import io.jfalco.driver.DropReason;
import io.jfalco.driver.LiveSource;
import io.jfalco.driver.ProgramRuns;
import io.jfalco.driver.SourceStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** What the kernel side of a live source counts. */
public final class KernelMetrics {
  private static final String EVENTS = "n_evts";

  private KernelMetrics() {}

  /**
   * Of the families that are wanted, in Falco's order.
   *
   * @param module true for Falco's kernel module, whose counters are others
   */
  public static List<Metric> of(LiveSource source, boolean module, Set<MetricFamily> families) {
    List<Metric> all = new ArrayList<>();
    SourceStats stats = source.stats();
    if (families.contains(MetricFamily.KERNEL)) {
      counters(stats, module, all);
    }
    if (families.contains(MetricFamily.KERNEL_BY_CPU)) {
      for (SourceStats.CpuStats cpu : stats.cpus()) {
        MetricFamily family = MetricFamily.KERNEL_BY_CPU;
        all.add(Metric.count(family, "n_evts_cpu_" + cpu.cpu(), cpu.seen()));
        all.add(Metric.count(family, "n_drops_cpu_" + cpu.cpu(), cpu.drops()));
      }
    }
    if (families.contains(MetricFamily.ITERATORS)) {
      iterators(source, stats, all);
    }
    if (families.contains(MetricFamily.PROGRAMS)) {
      source.programRuns().forEach(program -> runs(program, all));
    }
    return all;
  }

  private static void counters(SourceStats stats, boolean module, List<Metric> all) {
    all.add(Metric.count(MetricFamily.KERNEL, EVENTS, stats.seen()));
    all.add(Metric.count(MetricFamily.KERNEL, "n_drops_buffer_total", stats.dropsBuffer()));
    for (DropReason reason : DropReason.values()) {
      boolean counted =
          switch (reason) {
            case MAX_EVENT_SIZE -> false;
            case PAGE_FAULTS, PREEMPTIONS, BUG -> module;
            case SCRATCH_MAP -> !module;
            default -> true;
          };
      if (counted) {
        all.add(Metric.count(MetricFamily.KERNEL, reason.metric(), stats.drops(reason)));
      }
    }
    all.add(Metric.count(MetricFamily.KERNEL, "n_drops", stats.dropsTotal()));
  }

  private static void iterators(LiveSource source, SourceStats stats, List<Metric> all) {
    new TreeMap<>(source.iterated())
        .forEach(
            (type, count) -> {
              String name = type.name().toLowerCase(Locale.ROOT);
              String object = name.substring("iter_".length(), name.length() - "_e".length());
              all.add(Metric.count(MetricFamily.ITERATORS, EVENTS + "_" + object, count));
            });
    if (!source.iterated().isEmpty()) {
      DropReason reason = DropReason.MAX_EVENT_SIZE;
      all.add(Metric.count(MetricFamily.ITERATORS, reason.metric(), stats.drops(reason)));
    }
  }

  private static void runs(ProgramRuns program, List<Metric> all) {
    MetricFamily family = MetricFamily.PROGRAMS;
    long average = program.count() == 0 ? 0 : program.nanos() / program.count();
    all.add(Metric.count(family, program.name() + ".run_cnt", program.count()));
    all.add(
        Metric.count(family, program.name() + ".run_time_ns", program.nanos())
            .in(Unit.NANOS_IN_ALL));
    all.add(Metric.gauge(family, program.name() + ".avg_time_ns", Unit.NANOS, average));
  }
}
