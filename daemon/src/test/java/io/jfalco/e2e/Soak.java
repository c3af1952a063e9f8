package io.jfalco.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code make soak} runs: the daemon with its shipped rules on this host, under a load of
 * short-lived processes, distinct paths and thousands of threads. Its memory must stay flat,
 * nothing may be lost, and in the end what it knows must be what {@code /proc} says.
 */
final class Soak {
  private static final int LOOPS = 12;
  private static final int PROCESSES_A_SECOND = 30;
  private static final int PATHS = 1_000_000;
  private static final int THREADS = 100_000;
  private static final int ALIVE = 20_000;

  /**
   * What the daemon may grow by between the middle of the load, when all tables have, and its end.
   */
  private static final long MOST_GROWTH_KB = 16 << 10;

  private static final String READY = "soak ready";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int seconds;
  private final Path work;
  private final Path stateFile;
  private final PidLimit pidLimit;
  private final List<String> failures = new ArrayList<>();
  private FalcoProcess falco;
  private Process load;

  private Soak(int seconds) throws IOException {
    this.seconds = seconds;
    work = FalcoProcess.workDirectory("soak");
    stateFile = work.resolve("state.jsonl");
    pidLimit = PidLimit.raise(65_536);
  }

  /** Runs for so many minutes; the exit code is 1 when something is wrong. */
  public static void main(String[] arguments) throws Exception {
    double minutes = Double.parseDouble(arguments[0]);
    Soak soak = new Soak((int) (minutes * 60));
    try {
      soak.run();
    } finally {
      soak.end();
    }
    List<String> failures = soak.failures;
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    System.out.println(failures.isEmpty() ? "soak: all is well" : "soak: failed");
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  private void run() throws Exception {
    LiveHost.joinRootCgroups();
    startDaemon();
    startLoad();
    Instant begun = Instant.now();
    Memory middle = null;
    Memory last = null;
    try (BufferedReader out = load.inputReader(StandardCharsets.UTF_8)) {
      while (!out.ready()) {
        if (!load.isAlive()) {
          throw new IllegalStateException("the load has ended: see above");
        }
        Thread.sleep(1000);
        long passed = Duration.between(begun, Instant.now()).toSeconds();
        if (passed > seconds + PATIENCE.toSeconds()) {
          throw new IllegalStateException("the load does not end");
        }
        if (middle == null && passed > seconds / 2) {
          middle = Memory.of(falco.pid());
          say("in the middle: %s", middle);
        } else if (passed % 30 == 0) {
          say("after %d s: resident %d kB", passed, Memory.resident(falco.pid()));
        }
      }
      say("%s", out.readLine());
      awaitAllSeen("end");
      last = Memory.of(falco.pid());
      say("in the end: %s", last);
    }
    compareMemory(middle, last);
    compareState();
    falco.signal("TERM");
    falco.await();
    checkCounts();
  }

  private void startDaemon() throws Exception {
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf, modern_ebpf: {buf_size_preset: 6}}
        stdout_output: {enabled: true}
        log_syslog: false
        json_output: true
        rule_matching: all
        """);
    Path probe = work.resolve("probe.yaml");
    Files.writeString(
        probe,
        """
        - rule: soak ready
          desc: shows that the daemon has seen everything so far
          condition: evt.type in (open, openat, openat2) and fd.filename startswith soak-ready
          output: "%fd.name"
          priority: DEBUG
        """);
    Path rules = FalcoProcess.ROOT.resolve("etc/falco/falco_rules.yaml");
    falco =
        FalcoProcess.start(
            Map.of(),
            List.of(
                "-c",
                config.toString(),
                "-v",
                "--state",
                stateFile.toString(),
                "-r",
                rules.toString(),
                "-r",
                probe.toString()));
    falco.awaitReady(READY, () -> Commands.run("touch", work.resolve("soak-ready").toString()));
  }

  private void startLoad() throws IOException {
    Path files = Files.createDirectory(work.resolve("files"));
    load =
        new ProcessBuilder(
                FalcoProcess.ROOT.resolve("native/build/soak").toString(),
                files.toString(),
                Integer.toString(seconds),
                Integer.toString(LOOPS),
                Integer.toString(PROCESSES_A_SECOND),
                Integer.toString(PATHS),
                Integer.toString(THREADS),
                Integer.toString(ALIVE))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Everything that happened by now has been applied to the state. */
  private void awaitAllSeen(String name) throws Exception {
    Path sentinel = work.resolve("soak-ready-" + name);
    Commands.run("touch", sentinel.toString());
    falco.awaitAlert(READY, sentinel.toString());
  }

  private void compareMemory(Memory middle, Memory last) {
    if (middle == null) {
      failures.add("no measurement in the middle");
      return;
    }
    long resident = last.residentKb() - middle.residentKb();
    long heap = last.heapKb() - middle.heapKb();
    say("grown since the middle: resident %d kB, heap in use %d kB", resident, heap);
    if (resident > MOST_GROWTH_KB) {
      failures.add("resident memory has grown by " + resident + " kB");
    }
    if (heap > MOST_GROWTH_KB) {
      failures.add("memory in use has grown by " + heap + " kB");
    }
  }

  private void compareState() throws Exception {
    HostTruth truth = new HostTruth(load.pid(), falco.pid());
    truth.look();
    awaitAllSeen("compare");
    Files.deleteIfExists(stateFile);
    falco.signal("URG");
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Files.exists(stateFile)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no state was written\n" + falco.text());
      }
      Thread.sleep(50);
    }
    truth.lookAgain();
    List<String> lines = Files.readAllLines(stateFile);
    ObjectMapper json = new ObjectMapper();
    Map<Long, JsonNode> known = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      JsonNode thread = json.readTree(line);
      known.put(thread.get("tid").asLong(), thread);
    }
    say("%s", lines.get(0));
    List<String> differences = truth.differences(known);
    say(
        "compared with /proc: %d threads, %d of them of the load with %d descriptors; %d differences",
        truth.threads(), truth.threadsOfLoad(), truth.descriptors(), differences.size());
    differences.stream().limit(40).forEach(failures::add);
    if (truth.threadsOfLoad() < ALIVE) {
      failures.add("only " + truth.threadsOfLoad() + " threads of the load were compared");
    }
  }

  private void checkCounts() {
    String err = String.join("\n", falco.errorLines());
    for (String name :
        List.of(
            "Driver Drops:",
            "threads_dropped: ",
            "fds_dropped: ",
            "proc_lookups_refused: ",
            "cgroups_evicted: ",
            "event drop detected: ")) {
      Matcher count = Pattern.compile(Pattern.quote(name) + "(\\d+)").matcher(err);
      if (!count.find()) {
        failures.add(name + " is missing in\n" + err);
      } else if (!count.group(1).equals("0")) {
        failures.add(count.group());
      }
    }
    err.lines()
        .filter(line -> line.contains("could not be evaluated") || line.contains("Exception"))
        .forEach(failures::add);
    err.lines()
        .filter(line -> line.matches(".*(Driver|Captured|_added|_removed|lookups|Events).*"))
        .forEach(line -> say("%s", line.strip()));
  }

  private void end() throws Exception {
    if (load != null) {
      endAll(load.toHandle());
    }
    if (falco != null) {
      falco.close();
    }
    Commands.run("rm", "-rf", work.toString());
    pidLimit.close();
  }

  /** The load takes orphans, so that everything of it is found below it. */
  private static void endAll(ProcessHandle load) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<ProcessHandle> below = load.descendants().toList();
      below.forEach(ProcessHandle::destroyForcibly);
      if (below.isEmpty()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    load.destroyForcibly();
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
