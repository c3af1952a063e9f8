package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, end, signals and the real syslog, on the live kernel. */
class DaemonLifeIT {
  @TempDir Path work;

  @BeforeAll
  static void host() {
    LiveHost.require();
  }

  private List<String> arguments(String... more) throws Exception {
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        json_output: true
        log_stderr: true
        log_syslog: false
        """);
    Path rules = work.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        - rule: probe
          desc: a file by its name
          condition: evt.type in (open, openat, openat2) and fd.filename startswith jf-life
          output: "opened %fd.name"
          priority: WARNING
        """);
    List<String> all =
        new java.util.ArrayList<>(List.of("-c", config.toString(), "-r", rules.toString()));
    all.addAll(List.of(more));
    return all;
  }

  private void touch() throws Exception {
    Commands.run("touch", work.resolve("jf-life-" + UUID.randomUUID()).toString());
  }

  private void endsWithStatistics(String signal) throws Exception {
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), arguments())) {
      falco.awaitReady("probe", this::touch);
      falco.signal(signal);
      assertThat(falco.await()).isZero();
      Thread.sleep(100);
      int detected = falco.alerts("jf-life").size();
      assertThat(falco.lines())
          .contains(
              "Events detected: " + detected,
              "Rule counts by severity:",
              "   WARNING: " + detected,
              "Triggered rules by rule name:",
              "   probe: " + detected);
      assertThat(String.join("\n", falco.errorLines()))
          .contains("SIGINT received, exiting...")
          .contains("Syscall event drop monitoring:")
          .contains("   - event drop detected: 0 occurrences")
          .contains("   - num times actions taken: 0");
    }
  }

  @Test
  void interruptEndsWithStatistics() throws Exception {
    endsWithStatistics("INT");
  }

  @Test
  void terminateEndsWithStatistics() throws Exception {
    endsWithStatistics("TERM");
  }

  @Test
  void saysWhyProcessesAreReadFromProc() throws Exception {
    String disabled = "disabled BPF iterators (requested by configuration)";
    assertThat(errors("engine.modern_ebpf.disable_iterators=true")).contains(disabled);
    assertThat(errors("engine.modern_ebpf.disable_iterators=false")).doesNotContain(disabled);
  }

  private String errors(String option) throws Exception {
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), arguments("-o", option))) {
      falco.awaitReady("probe", this::touch);
      falco.signal("INT");
      assertThat(falco.await()).isZero();
      return String.join("\n", falco.errorLines());
    }
  }

  @Test
  void interruptEndsItWhereTheShellIgnoresIt() throws Exception {
    Path output = work.resolve("background.out");
    String command = FalcoProcess.ROOT.resolve("bin/falco") + " " + String.join(" ", arguments());
    String pid =
        Commands.run("sh", "-c", command + " >" + output + " 2>&1 </dev/null & echo $!").strip();
    ProcessHandle daemon = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.readString(output).contains("jf-life") && System.nanoTime() < deadline) {
        touch();
        Thread.sleep(100);
      }
      Commands.run("kill", "-INT", pid);
      daemon.onExit().get(20, TimeUnit.SECONDS);
      assertThat(Files.readString(output)).contains("Events detected: ");
    } finally {
      daemon.destroyForcibly();
    }
  }

  @Test
  void stopsAfterTheGivenTime() throws Exception {
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), arguments("-M", "2"))) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
      while (ProcessHandle.of(falco.pid()).map(ProcessHandle::isAlive).orElse(false)
          && System.nanoTime() < deadline) {
        touch();
        Thread.sleep(100);
      }
      assertThat(falco.await()).isZero();
      assertThat(String.join("\n", falco.lines())).contains("Events detected: ");
    }
  }

  @Test
  void itsOwnSystemCallsAreNotSeen() throws Exception {
    Path rules = work.resolve("own.yaml");
    Files.writeString(
        rules,
        """
        - rule: java
          desc: any file that a JVM opens
          condition: evt.type in (open, openat, openat2, close, connect) and proc.name = java
          output: "%proc.pid %fd.name"
          priority: WARNING
        """);
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), arguments("-r", rules.toString()))) {
      falco.awaitReady("probe", this::touch);
      falco.signal("INT");
      assertThat(falco.await()).isZero();
      assertThat(falco.alerts("\"proc.pid\":" + falco.pid() + "}")).isEmpty();
      assertThat(falco.alerts("\"proc.pid\":" + falco.pid() + ",")).isEmpty();
    }
  }

  @Test
  void alertsReachTheRealSyslog() throws Exception {
    try (Rsyslog rsyslog = Rsyslog.start(work);
        FalcoProcess falco =
            FalcoProcess.start(
                Map.of(),
                arguments("-o", "syslog_output.enabled=true", "-o", "json_output=false"))) {
      String file = "jf-life-" + UUID.randomUUID();
      assertThat(falco.pid()).isPositive();
      rsyslog.awaitLine(
          line -> line.contains(file), () -> Commands.run("touch", work.resolve(file).toString()));
      assertThat(rsyslog.lines())
          .filteredOn(line -> line.contains(file))
          .first()
          .asString()
          .matches("user warning falco.*: .* Warning opened " + work.resolve(file) + ".*");
    }
  }
}
