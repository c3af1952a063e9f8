package io.jfalco.daemon.metrics;

import io.jfalco.config.Config.MetricFamily;
import io.jfalco.daemon.metrics.Metric.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU and memory of the daemon and of the host, as the files below {@code /proc} tell at the
 * moment. What a file does not tell is left out.
 */
public final class HostResources {
  /** Ticks in a second, of the numbers in {@code /proc}. */
  private static final double TICKS = 100;

  private static final String MEMORY_VARIABLE = "FALCO_CGROUP_MEM_PATH";
  private static final List<String> MEMORY_FILES =
      List.of("/sys/fs/cgroup/memory/memory.usage_in_bytes", "/sys/fs/cgroup/memory.current");

  private final Path own;
  private final Path host;
  private final UnaryOperator<String> environment;
  private final List<Metric> metrics = new ArrayList<>();

  private HostResources(Path own, Path host, UnaryOperator<String> environment) {
    this.own = own;
    this.host = host;
    this.environment = environment;
  }

  /**
   * Reads them.
   *
   * @param hostRoot where the host's file tree is seen
   */
  public static List<Metric> read(Path hostRoot, UnaryOperator<String> environment) {
    return read(Path.of("/proc/self"), hostRoot.resolve("proc"), environment);
  }

  static List<Metric> read(Path own, Path host, UnaryOperator<String> environment) {
    return new HostResources(own, host, environment).all();
  }

  private List<Metric> all() {
    cpu();
    kibibytes("memory_rss_kb", own.resolve("status"), "VmRSS:");
    kibibytes("memory_vsz_kb", own.resolve("status"), "VmSize:");
    kibibytes("memory_pss_kb", own.resolve("smaps_rollup"), "Pss:");
    containerMemory().ifPresent(bytes -> add("container_memory_used_bytes", Unit.BYTES, bytes));
    hostCpu();
    hostMemory();
    number(host.resolve("stat"), "procs_running ")
        .ifPresent(count -> add("host_procs_running", Unit.COUNT, count));
    number(host.resolve("sys/fs/file-nr"), "")
        .ifPresent(count -> add("host_open_fds", Unit.COUNT, count));
    return metrics;
  }

  private void add(String name, Unit unit, Number value) {
    metrics.add(Metric.gauge(MetricFamily.RESOURCES, name, unit, value));
  }

  private void kibibytes(String name, Path file, String key) {
    number(file, key).ifPresent(value -> add(name, Unit.KIBIBYTES, value));
  }

  /** The first number behind a key at the beginning of a line. */
  private static OptionalLong number(Path file, String key) {
    Pattern form = Pattern.compile(Pattern.quote(key) + "\\s*(\\d+).*");
    for (String line : HostIdentity.lines(file)) {
      Matcher matcher = form.matcher(line);
      if (matcher.matches()) {
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
      }
    }
    return OptionalLong.empty();
  }

  /** Of the life of the process, not of now; as ps(1) counts. */
  private void cpu() {
    Optional<String> stat = HostIdentity.lines(own.resolve("stat")).stream().findFirst();
    Optional<String> uptime = HostIdentity.lines(host.resolve("uptime")).stream().findFirst();
    if (stat.isEmpty() || uptime.isEmpty()) {
      return;
    }
    // Behind the name, which may hold anything, comes field 3.
    String[] field = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ", -1);
    double used = (Long.parseLong(field[11]) + Long.parseLong(field[12])) / TICKS;
    double started = Long.parseLong(field[19]) / TICKS;
    double elapsed = Double.parseDouble(uptime.get().split(" ", -1)[0]) - started;
    if (elapsed > 0) {
      add("cpu_usage_perc", Unit.PERCENT, tenth(100 * used / elapsed));
    }
  }

  static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** Since the boot. */
  private void hostCpu() {
    for (String line : HostIdentity.lines(host.resolve("stat"))) {
      if (line.startsWith("cpu ")) {
        String[] field = line.strip().split(" +", -1);
        double sum = 0;
        for (int i = 1; i <= 7; i++) {
          sum += Long.parseLong(field[i]);
        }
        add("host_cpu_usage_perc", Unit.PERCENT, tenth(100 - 100 * Long.parseLong(field[4]) / sum));
        return;
      }
    }
  }

  private void hostMemory() {
    Path file = host.resolve("meminfo");
    OptionalLong total = number(file, "MemTotal:");
    if (total.isPresent()) {
      long used = total.getAsLong();
      for (String unused : List.of("MemFree:", "Buffers:", "Cached:")) {
        used -= number(file, unused).orElse(0);
      }
      add("host_memory_used_kb", Unit.KIBIBYTES, used);
    }
  }

  /** Of the cgroup that the daemon is in, where that is known. */
  private OptionalLong containerMemory() {
    String chosen = environment.apply(MEMORY_VARIABLE);
    List<String> files =
        chosen == null || chosen.isEmpty() || chosen.contains("..")
            ? MEMORY_FILES
            : List.of(chosen);
    return files.stream()
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst()
        .map(file -> number(file, ""))
        .orElse(OptionalLong.empty());
  }
}
