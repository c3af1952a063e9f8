package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon with an eBPF object that has programs which every kernel refuses ({@code
 * native/test/bpf}): it says so, names the rules that are blind, and all others alert.
 */
class RefusedProgramIT {
  private static final Path OBJECT =
      FalcoProcess.ROOT.resolve("native/build/refused/jfalco.bpf.o").toAbsolutePath();

  @TempDir Path work;

  @BeforeAll
  static void host() {
    LiveHost.require();
    LiveHost.require(OBJECT, "this test needs the object with refused programs: make native");
  }

  private List<String> arguments() throws Exception {
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
        - rule: blind priority
          desc: only of a call whose program is refused
          condition: evt.type = getpriority
          output: "getpriority %proc.name"
          priority: WARNING
        - rule: half blind
          desc: one of two calls is refused
          condition: >
            evt.type = sched_rr_get_interval
            or (evt.type = chdir and evt.arg.path startswith /jf-refused)
          output: "chdir %evt.arg.path"
          priority: WARNING
        - rule: seeing
          desc: a file by its name
          condition: evt.type in (open, openat, openat2) and fd.filename startswith jf-refused
          output: "opened %fd.name"
          priority: WARNING
        """);
    return List.of("-c", config.toString(), "-r", rules.toString());
  }

  private void touch() throws Exception {
    Commands.run("touch", work.resolve("jf-refused-" + UUID.randomUUID()).toString());
  }

  /** The warning about a program. */
  private static String warning(FalcoProcess falco, String program) {
    return falco.errorLines().stream()
        .filter(line -> line.contains("eBPF program '" + program + "' was refused"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no warning of " + program + "\n" + falco.text()));
  }

  @Test
  void othersAlertAndTheBlindOnesAreNamed() throws Exception {
    Map<String, String> environment = Map.of("JFALCO_JAVA_OPTS", "-Djfalco.bpf.object=" + OBJECT);
    try (FalcoProcess falco = FalcoProcess.start(environment, arguments())) {
      falco.awaitReady("seeing", this::touch);
      String directory = "/jf-refused-" + UUID.randomUUID();
      Commands.run("sh", "-c", "nice >/dev/null; cd " + directory + " 2>/dev/null; true");
      falco.awaitAlert("half blind", directory);

      assertThat(warning(falco, "x_getpriority"))
          .contains("Rules that do not see all of their events: blind priority")
          .doesNotContain("half blind")
          .doesNotContain("seeing")
          .containsPattern("Details: \\S*jfalco-verifier-\\S*\\.log");
      assertThat(warning(falco, "x_sched_rr_get_interval"))
          .contains("Rules that do not see all of their events: half blind")
          .doesNotContain("blind priority")
          .doesNotContain("seeing");
      assertThat(warning(falco, "no_such_hook")).doesNotContain("Rules that do not see");
      assertThat(falco.alerts("blind priority")).isEmpty();

      falco.signal("INT");
      assertThat(falco.await()).isZero();
      removeLogs(falco);
    }
  }

  /** The verifier's logs that the warnings name. */
  private static void removeLogs(FalcoProcess falco) throws Exception {
    for (String program : List.of("x_getpriority", "x_sched_rr_get_interval", "no_such_hook")) {
      String text = warning(falco, program);
      int details = text.indexOf("Details: ");
      if (details >= 0) {
        String path = text.substring(details + "Details: ".length());
        Files.deleteIfExists(Path.of(path.substring(0, path.indexOf(".log") + ".log".length())));
      }
    }
  }
}
