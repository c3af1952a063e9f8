package io.jfalco.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast captures are replayed: records a program that mostly opens and closes files, then
 * replays the record with rules and with one that is never evaluated. Each run is a fresh JVM; the
 * time until its first event is shown beside the rate. Recording needs root.
 *
 * <p>Usage: {@code ReplayRuns ROOT OPENMIX RULES [ROUNDS [CAPTURE]]}. A capture that is given is
 * used instead of a record.
 */
public final class ReplayRuns {
  private static final int ROUNDS_OF_EACH_PROCESS = 100_000;
  private static final int PROCESSES = 8;
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern ELAPSED =
      Pattern.compile("Elapsed time: ([0-9.]+), Captured Events: (\\d+)");

  private final Path root;
  private final Path work;

  private ReplayRuns(Path root) throws IOException {
    this.root = root;
    this.work = Files.createTempDirectory("jfalco-replay-");
  }

  /** Runs the rounds and prints a table. */
  public static void main(String[] args) throws Exception {
    ReplayRuns runs = new ReplayRuns(Path.of(args[0]));
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    Path capture = args.length > 4 ? Path.of(args[4]) : runs.record(Path.of(args[1]));
    Path never =
        Files.writeString(
            runs.work.resolve("never.yaml"),
            """
            - rule: never
              desc: its event does not happen
              condition: evt.type = reboot
              output: "%evt.num"
              priority: DEBUG
            """);
    System.out.printf(
        "%s, %.0f MB, %d rounds, medians:%n", capture, Files.size(capture) / 1e6, rounds);
    runs.compare("rule that is never evaluated", capture, never, rounds);
    runs.compare("rules " + args[2], capture, Path.of(args[2]), rounds);
  }

  private record Run(double seconds, double startSeconds, long events) {}

  private void compare(String what, Path capture, Path rules, int rounds) throws Exception {
    Run[] runs = new Run[rounds];
    for (int i = 0; i < rounds; i++) {
      runs[i] = replay(capture, rules);
    }
    double[] rates =
        Arrays.stream(runs).mapToDouble(run -> run.events() / run.seconds() / 1e6).toArray();
    System.out.printf(
        "  %-60s %.2f million events/s (min %.2f, max %.2f), %d events, %.2f s before the first%n",
        what,
        median(rates),
        Arrays.stream(rates).min().orElseThrow(),
        Arrays.stream(rates).max().orElseThrow(),
        runs[0].events(),
        median(Arrays.stream(runs).mapToDouble(Run::startSeconds).toArray()));
  }

  private Run replay(Path capture, Path rules) throws Exception {
    Path config =
        Files.writeString(
            work.resolve("falco.yaml"),
            """
            engine: {kind: replay, replay: {capture_file: "%s"}}
            stdout_output: {enabled: true}
            log_syslog: false
            """
                .formatted(capture.toAbsolutePath()));
    long start = System.nanoTime();
    Process process =
        falco("-c", config.toString(), "-r", rules.toString(), "-v")
            .redirectOutput(work.resolve("out").toFile())
            .start();
    int exit = process.waitFor();
    double whole = (System.nanoTime() - start) / 1e9;
    String text = Files.readString(work.resolve("err"));
    Matcher matcher = ELAPSED.matcher(text);
    if (exit != 0 || !matcher.find()) {
      throw new IOException("the replay failed: " + text);
    }
    double seconds = Double.parseDouble(matcher.group(1));
    return new Run(seconds, whole - seconds, Long.parseLong(matcher.group(2)));
  }

  private ProcessBuilder falco(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = root.resolve("bin/falco").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command).redirectError(work.resolve("err").toFile());
  }

  private Path record(Path program) throws Exception {
    Path capture = work.resolve("mix.scap");
    Process recorder =
        falco(
                "events",
                "-q",
                "-w",
                capture.toString(),
                "-o",
                "engine.modern_ebpf.buf_size_preset=6",
                "proc.name = openmix")
            .start();
    try {
      for (int i = 0; !Files.exists(capture) || Files.size(capture) == 0; i++) {
        if (!recorder.isAlive() || i > PATIENCE_SECONDS * 10) {
          throw new IOException("nothing is recorded: " + Files.readString(work.resolve("err")));
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      Path files = Files.createDirectory(work.resolve("files"));
      int exit =
          new ProcessBuilder(
                  program.toString(),
                  Integer.toString(ROUNDS_OF_EACH_PROCESS),
                  Integer.toString(PROCESSES),
                  files.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException(program + " failed");
      }
      TimeUnit.SECONDS.sleep(2);
    } finally {
      recorder.destroy();
      recorder.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    System.out.print(Files.readString(work.resolve("err")));
    return capture;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
