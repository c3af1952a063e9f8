package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reloads on the live kernel: by signal, by changed files, under load, with mistakes. */
class ReloadIT {
  private static final int RELOADS = 200;
  private static final int EVENTS_A_SECOND = 20_000;
  private static final int PROBE_EVERY = 100;

  @TempDir Path work;
  private Path config;
  private Path rules;

  @BeforeAll
  static void host() {
    LiveHost.require();
  }

  @BeforeEach
  void files() throws IOException {
    config = work.resolve("falco.yaml");
    rules = work.resolve("rules.yaml");
    writeConfig("watch_config_files: true");
    writeRules("first", "");
  }

  private void writeConfig(String more) throws IOException {
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        json_output: true
        log_stderr: true
        log_syslog: false
        outputs_queue: {capacity: 1000000}
        rules_files: [%s]
        %s
        """
            .formatted(rules, more));
  }

  /** Rules that alert on files whose name begins with jf-reload, with a word in their output. */
  private void writeRules(String word, String more) throws IOException {
    Path next = work.resolve("next");
    Files.writeString(
        next,
        """
        - rule: probe
          desc: a file by its name
          condition: >
            evt.type in (open, openat, openat2) and fd.name startswith "%s/jf-reload-"
          output: "%s %%fd.name"
          priority: WARNING
        %s
        """
            .formatted(work, word, more));
    Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
  }

  private FalcoProcess start() throws Exception {
    FalcoProcess falco = FalcoProcess.start(Map.of(), List.of("-c", config.toString()));
    falco.awaitReady("probe", this::touch);
    return falco;
  }

  private String touch() throws Exception {
    String name = "jf-reload-" + UUID.randomUUID();
    Files.createFile(work.resolve(name));
    return name;
  }

  private static long reloads(FalcoProcess falco) {
    return falco.errorLines().stream().filter(line -> line.contains("SIGHUP received")).count();
  }

  private static void await(FalcoProcess falco, BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(falco.text());
      }
      Thread.sleep(20);
    }
  }

  /** Touches files until an alert has the text. */
  private void awaitWord(FalcoProcess falco, String rule, String word) throws Exception {
    await(
        falco,
        () -> {
          try {
            touch();
            Thread.sleep(50);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return falco.alerts("\"rule\":\"" + rule + "\"").stream()
              .anyMatch(alert -> alert.path("output").asText().contains(word));
        });
  }

  @Test
  void changedRulesAreInForceWithoutASignal() throws Exception {
    try (FalcoProcess falco = start()) {
      writeRules("second", "");
      awaitWord(falco, "probe", "second");
      falco.signal("TERM");
      assertThat(falco.await()).isZero();
    }
  }

  @Test
  void signalReloadsAlsoWhatIsNotWatched() throws Exception {
    writeConfig("watch_config_files: false");
    try (FalcoProcess falco = start()) {
      writeRules("second", "");
      Thread.sleep(1000);
      assertThat(reloads(falco)).isZero();
      falco.signal("HUP");
      awaitWord(falco, "probe", "second");
      assertThat(reloads(falco)).isEqualTo(1);
    }
  }

  @Test
  void mistakeKeepsTheOldRulesAndRaisesAnAlert() throws Exception {
    try (FalcoProcess falco = start()) {
      Files.writeString(rules, "- rule: broken\n  condition: evt.type = \n");
      await(falco, () -> !falco.alerts("hot restart failure").isEmpty());
      JsonNode alert = falco.alerts("hot restart failure").get(0);
      assertThat(alert.path("rule").asText()).isEqualTo("Falco internal: hot restart failure");
      assertThat(alert.path("priority").asText()).isEqualTo("Critical");
      assertThat(alert.path("source").asText()).isEqualTo("internal");
      assertThat(alert.path("output").asText()).contains(rules.toString());
      String name = touch();
      falco.awaitAlert("probe", name);
      assertThat(reloads(falco)).isZero();
      writeRules("mended", "");
      awaitWord(falco, "probe", "mended");
    }
  }

  @Test
  void systemCallThatWasNotTracedBeforeAlertsAtOnce() throws Exception {
    try (FalcoProcess falco = start()) {
      writeRules(
          "second",
          """
          - rule: swap
            desc: a call that nothing else needs
            condition: evt.type = sethostname or evt.type = swapoff
            output: "%evt.type by %proc.name"
            priority: WARNING
          """);
      awaitWord(falco, "probe", "second");
      // A swap file that does not exist: the call fails, and is an event nevertheless.
      Commands.run("sh", "-c", "swapoff " + work.resolve("none") + " 2>/dev/null; true");
      falco.awaitAlert("swap", "swapoff");
    }
  }

  @Test
  void outputsAndFixedKeysOfAChangedConfiguration() throws Exception {
    Path file = work.resolve("alerts.txt");
    try (FalcoProcess falco = start()) {
      writeConfig(
          "file_output: {enabled: true, filename: "
              + file
              + "}\nfalco_libs: {snaplen: 200}\nwatch_config_files: true");
      await(
          falco,
          () -> {
            try {
              touch();
              return Files.exists(file) && Files.size(file) > 0;
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      assertThat(falco.errorLines())
          .anyMatch(
              line ->
                  line.contains("until the daemon is restarted")
                      && line.endsWith("falco_libs.snaplen"));
    }
  }

  /** Many opens a second, of which one in a hundred has a number that is to be alerted on. */
  private final class Load extends Thread {
    private volatile boolean stopped;
    private int probes;

    @Override
    public void run() {
      String other = work.resolve("other").toString();
      long start = System.nanoTime();
      for (long n = 1; !stopped; n++) {
        boolean probe = n % PROBE_EVERY == 0;
        Files.exists(Path.of(other));
        open(probe ? work.resolve("jf-reload-n" + probes++ + "-") : work.resolve("other"));
        long due = start + n * TimeUnit.SECONDS.toNanos(1) / EVENTS_A_SECOND;
        while (System.nanoTime() < due) {
          Thread.onSpinWait();
        }
      }
    }

    private static void open(Path file) {
      try {
        Files.newInputStream(file).close();
      } catch (IOException e) {
        // It does not exist; the call is what counts.
      }
    }
  }

  /** Wherever in the reload the end comes, which the pause varies: all alerts are out before it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 30, 100, 300, 600})
  void theEndMayComeDuringAReload(int pauseMillis) throws Exception {
    try (FalcoProcess falco = start()) {
      String name = touch();
      falco.awaitAlert("probe", name);
      falco.signal("HUP");
      Thread.sleep(pauseMillis);
      falco.signal("TERM");
      assertThat(falco.await()).isZero();
      assertThat(falco.lines()).anyMatch(line -> line.startsWith("Events detected: "));
      assertThat(falco.errorLines())
          .noneMatch(line -> line.contains("Exception") || line.contains("Runtime error"));
    }
  }

  @Test
  void nothingIsLostOrDoubledOverManyReloads() throws Exception {
    Load load = new Load();
    try (FalcoProcess falco = start()) {
      load.start();
      for (int i = 1; i <= RELOADS; i++) {
        long before = reloads(falco);
        writeRules("word" + i, "");
        await(falco, () -> reloads(falco) > before);
      }
      load.stopped = true;
      load.join();
      String last = touch();
      falco.awaitAlert("probe", last);
      falco.signal("TERM");
      assertThat(falco.await()).isZero();
      List<Integer> numbers = new ArrayList<>();
      for (JsonNode alert : falco.alerts("jf-reload-n")) {
        String name = alert.path("output_fields").path("fd.name").asText();
        numbers.add(Integer.parseInt(name.replaceAll(".*jf-reload-n([0-9]+)-.*", "$1")));
      }
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < load.probes; i++) {
        expected.add(i);
      }
      assertThat(falco.errorLines()).anyMatch(line -> line.contains("drop detected: 0 occurr"));
      assertThat(numbers).isEqualTo(expected);
      assertThat(numbers).hasSizeGreaterThan(RELOADS);
    } finally {
      load.stopped = true;
    }
  }
}
