package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The capabilities that {@code systemd/falco-modern-bpf.service} grants are enough for every eBPF
 * program, and no thread has others.
 */
class UnitPrivilegesIT {
  @TempDir Path work;

  @Test
  void everyProgramLoadsWithTheCapabilitiesOfTheUnit() throws Exception {
    LiveHost.require();
    Path rules = work.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        - rule: exec
          desc: any
          condition: evt.type = execve
          output: "%proc.name"
          priority: INFO
        """);
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_stderr: true
        log_syslog: false
        """);
    Path log = work.resolve("log");
    String names = capabilities();
    Process falco =
        new ProcessBuilder(
                "setpriv",
                "--no-new-privs",
                "--bounding-set=" + names,
                "--inh-caps=-all",
                FalcoProcess.ROOT.resolve("bin/falco").toString(),
                "-c",
                config.toString(),
                "-r",
                rules.toString())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      awaitAlert(falco, log);
      assertThat(threadsWith(falco.pid(), mask(names)))
          .as("capabilities of each thread")
          .hasSizeGreaterThan(5)
          .allMatch(Boolean::booleanValue);
    } finally {
      falco.destroy();
      if (!falco.waitFor(60, TimeUnit.SECONDS)) {
        falco.destroyForcibly();
      }
    }
    assertThat(Files.readString(log))
        .contains("Opening 'syscall' source with modern BPF probe.")
        .contains("Events detected:")
        .doesNotContain("refused")
        .doesNotContain("disabled BPF iterators")
        .doesNotContain("Error");
  }

  private static void awaitAlert(Process falco, Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(log).contains("Informational true")) {
      assertThat(falco.isAlive() && System.nanoTime() < deadline)
          .as(Files.readString(log))
          .isTrue();
      Commands.run("true");
      Thread.sleep(100);
    }
  }

  /** For each thread whether it may do just this, and never more. */
  private static List<Boolean> threadsWith(long pid, long mask) throws IOException {
    List<Boolean> threads = new ArrayList<>();
    String expected = "%016x".formatted(mask);
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks) {
        String status = status(task);
        threads.add(
            status.isEmpty()
                || status.contains("CapEff:\t" + expected)
                    && status.contains("CapPrm:\t" + expected)
                    && status.contains("CapBnd:\t" + expected)
                    && status.contains("CapAmb:\t" + "0".repeat(16))
                    && status.contains("NoNewPrivs:\t1"));
      }
    }
    return threads;
  }

  /** Empty for a thread that has ended meanwhile. */
  private static String status(Path task) {
    try {
      return Files.readString(task.resolve("status"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Bits of capabilities that setpriv was told. */
  private static long mask(String names) {
    long mask = 0;
    for (String name : List.of(names.replace("-all,", "").split(",", -1))) {
      mask |=
          1L
              << switch (name) {
                case "+dac_read_search" -> 2;
                case "+sys_ptrace" -> 19;
                case "+perfmon" -> 38;
                case "+bpf" -> 39;
                default -> throw new AssertionError("the unit grants " + name);
              };
    }
    return mask;
  }

  /** In the words of setpriv: {@code -all,+bpf,...}. */
  private static String capabilities() throws IOException {
    for (String line :
        Files.readAllLines(FalcoProcess.ROOT.resolve("systemd/falco-modern-bpf.service"))) {
      if (line.startsWith("CapabilityBoundingSet=")) {
        String names = line.substring(line.indexOf('=') + 1).toLowerCase(Locale.ROOT);
        return "-all," + names.replace("cap_", "+").replace(' ', ',');
      }
    }
    throw new IOException("the unit does not limit capabilities");
  }
}
