package io.jfalco.driver;

import com.sun.management.OperatingSystemMXBean;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;

/**
 * Measures the reader alone: runs commands while it counts their events, and prints each one's
 * output, this process's CPU time for each event, and the drops. Needs root and a built tree.
 *
 * <p>Arguments: home, system calls separated by commas, then the command. Settings by system
 * property: {@code runs} (one after the other), {@code parallel} (at once), {@code preset}, {@code
 * kernel} (true: what the kernel used is told too).
 */
final class ReaderBenchmark {
  private long events;
  private long outOfOrder;
  private long last;

  private ReaderBenchmark() {}

  public static void main(String[] args) throws Exception {
    new ReaderBenchmark().run(args);
  }

  private void run(String[] args) throws Exception {
    BitSet codes = new BitSet();
    for (String name : args[1].split(",", -1)) {
      codes.set(EventTable.syscall(name).map(Syscall::code).orElseThrow());
    }
    List<String> command = List.of(args).subList(2, args.length);
    ModernBpfOptions options =
        ModernBpfOptions.defaults(Path.of(args[0]))
            .withBufSizePreset(Integer.getInteger("preset", RingSize.DEFAULT))
            .withCpusForEachBuffer(Integer.getInteger("cpus", 1));
    long opening = System.nanoTime();
    try (ModernBpfSource source = new ModernBpfSource(options)) {
      source.open();
      source.interest(codes);
      if (Boolean.getBoolean("kernel")) {
        source.tellWhatKernelUsed();
      }
      source.start();
      System.out.printf(
          Locale.ROOT, "open and start: %.3f s%n", (System.nanoTime() - opening) * 1e-9);
      idle(source);
      for (int i = 0; i < Integer.getInteger("runs", 3); i++) {
        once(source, command);
      }
      idle(source);
      System.out.println(source.stats());
    }
  }

  private void idle(ModernBpfSource source) {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    while (System.nanoTime() - start < 3_000_000_000L) {
      source.poll(this::count, 4096);
    }
    System.out.printf(Locale.ROOT, "idle: %.2f%% of a core%n", (cpuNanos() - cpu) / 3e7);
  }

  private void once(ModernBpfSource source, List<String> command) throws Exception {
    long before = events;
    long drops = source.stats().dropsTotal();
    long cpu = cpuNanos();
    FutureTask<List<String>> children = new FutureTask<>(() -> output(command));
    Thread starter = new Thread(children);
    starter.start();
    long polls = 0;
    while (!children.isDone()) {
      for (int i = 0; i < 100; i++) {
        source.poll(this::count, 4096);
        polls++;
      }
    }
    while (source.poll(this::count, 4096) > 0) {
      polls++;
    }
    double used = cpuNanos() - cpu;
    long seen = events - before;
    System.out.printf(
        Locale.ROOT,
        "%s s, %d events, %.3f us CPU an event, %d polls, %d drops, %d out of order%n",
        String.join(" ", children.get()),
        seen,
        used / 1e3 / seen,
        polls,
        source.stats().dropsTotal() - drops,
        outOfOrder);
  }

  /** Starts the commands beside the reader, which must not stop meanwhile. */
  private static List<String> output(List<String> command) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("parallel", 1); i++) {
      processes.add(new ProcessBuilder(command).redirectErrorStream(true).start());
    }
    List<String> lines = new ArrayList<>();
    for (Process process : processes) {
      lines.add(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
    return lines;
  }

  private void count(EventView event) {
    events++;
    long now = event.timestamp();
    if (now < last) {
      outOfOrder++;
    }
    last = now;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
