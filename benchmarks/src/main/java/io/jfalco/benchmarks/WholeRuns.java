package io.jfalco.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the daemon costs a program that opens and closes a file two million times: bare runs and
 * runs under the daemon take turns, and each figure is the median of the rounds. Needs root.
 *
 * <p>Usage: {@code WholeRuns ROOT OPENCLOSE RULES [ROUNDS]}.
 */
public final class WholeRuns {
  private static final int ITERATIONS = 2_000_000;
  private static final int EVENTS_PER_ITERATION = 2;
  private static final long TICKS_PER_SECOND = 100;
  private static final Pattern DRIVER_EVENTS = Pattern.compile("Driver Events:\\s*(\\d+)");
  private static final Pattern DRIVER_DROPS = Pattern.compile("Driver Drops:\\s*(\\d+)");

  private final Path root;
  private final Path program;
  private final Path rules;
  private final Path work;

  private WholeRuns(Path root, Path program, Path rules) throws IOException {
    this.root = root;
    this.program = program;
    this.rules = rules;
    this.work = Files.createTempDirectory("jfalco-bench-");
  }

  /** Runs the rounds and prints a table. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    WholeRuns runs = new WholeRuns(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    runs.compare(rounds, 1);
    runs.compare(rounds, 2);
  }

  private record Run(
      double seconds,
      double cpuSeconds,
      long idleKb,
      long peakKb,
      double startSeconds,
      long events,
      long drops) {}

  private void compare(int rounds, int programs) throws Exception {
    List<Double> bare = new ArrayList<>();
    List<Run> under = new ArrayList<>();
    runPrograms(programs);
    for (int round = 0; round < rounds; round++) {
      bare.add(runPrograms(programs));
      under.add(underDaemon(programs));
    }
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ratios[i] = under.get(i).seconds() / bare.get(i);
    }
    double events = (double) programs * ITERATIONS * EVENTS_PER_ITERATION;
    System.out.printf("%d program(s) at once, %d rounds, medians:%n", programs, rounds);
    System.out.printf(
        "  bare run                    %.2f s%n",
        median(bare.stream().mapToDouble(d -> d).toArray()));
    System.out.printf(
        "  under the daemon            %.2f times (min %.2f, max %.2f)%n",
        median(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow());
    System.out.printf(
        "  daemon's CPU for an event   %.2f us%n",
        median(under.stream().mapToDouble(r -> r.cpuSeconds() * 1e6 / events).toArray()));
    System.out.printf(
        "  events dropped              %.2f %%%n",
        median(
            under.stream()
                .mapToDouble(r -> 100.0 * r.drops() / Math.max(1, r.events() + r.drops()))
                .toArray()));
    System.out.printf(
        "  resident, idle / loaded     %.0f / %.0f MB%n",
        median(under.stream().mapToDouble(r -> r.idleKb() / 1024.0).toArray()),
        median(under.stream().mapToDouble(r -> r.peakKb() / 1024.0).toArray()));
    System.out.printf(
        "  start to first alert        %.2f s%n",
        median(under.stream().mapToDouble(Run::startSeconds).toArray()));
  }

  /** Seconds until all copies of the program have ended. */
  private double runPrograms(int count) throws Exception {
    long start = System.nanoTime();
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(
          new ProcessBuilder(program.toString(), Integer.toString(ITERATIONS))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : running) {
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed");
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private Run underDaemon(int programs) throws Exception {
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_syslog: false
        """);
    Path probe = work.resolve("probe.yaml");
    Files.writeString(
        probe,
        """
        - rule: probe
          desc: start
          condition: evt.type in (open, openat, openat2) and fd.filename startswith jf-bench-probe
          output: "%fd.name"
          priority: DEBUG
        """);
    Path out = work.resolve("out");
    Path err = work.resolve("err");
    long start = System.nanoTime();
    Process daemon =
        new ProcessBuilder(
                root.resolve("bin/falco").toString(),
                "-c",
                config.toString(),
                "-r",
                rules.toString(),
                "-r",
                probe.toString(),
                "-v")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      while (!Files.readString(out).contains("jf-bench-probe")) {
        if (!daemon.isAlive()) {
          throw new IOException("the daemon ended: " + Files.readString(err));
        }
        Files.writeString(work.resolve("jf-bench-probe"), "x");
        run("touch", work.resolve("jf-bench-probe").toString());
        Thread.sleep(10);
      }
      final double startSeconds = (System.nanoTime() - start) / 1e9;
      Thread.sleep(2000);
      final long idle = statusKb(daemon.pid(), "VmRSS");
      long ticks = cpuTicks(daemon.pid());
      double seconds = runPrograms(programs);
      Thread.sleep(1500);
      double cpu = (cpuTicks(daemon.pid()) - ticks) / (double) TICKS_PER_SECOND;
      long peak = statusKb(daemon.pid(), "VmHWM");
      daemon.destroy();
      daemon.waitFor(30, TimeUnit.SECONDS);
      String text = Files.readString(err);
      return new Run(
          seconds,
          cpu,
          idle,
          peak,
          startSeconds,
          number(DRIVER_EVENTS, text),
          number(DRIVER_DROPS, text));
    } finally {
      daemon.destroyForcibly();
    }
  }

  private static void run(String... command) throws Exception {
    new ProcessBuilder(command).start().waitFor();
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static long statusKb(long pid, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(key + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key);
  }

  private static long cpuTicks(long pid) throws IOException {
    String stat =
        new String(
            Files.readAllBytes(Path.of("/proc/" + pid + "/stat")), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
