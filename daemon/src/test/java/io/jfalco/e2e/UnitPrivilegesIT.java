package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The capabilities that {@code systemd/falco-modern-bpf.service} grants are enough for every eBPF
 * program.
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
    String capabilities = capabilities();
    String output =
        Commands.run(
            "timeout",
            "8",
            "setpriv",
            "--no-new-privs",
            "--bounding-set=" + capabilities,
            "--inh-caps=" + capabilities,
            "--ambient-caps=" + capabilities,
            FalcoProcess.ROOT.resolve("bin/falco").toString(),
            "-c",
            config.toString(),
            "-r",
            rules.toString());
    assertThat(output)
        .contains("Opening 'syscall' source with modern BPF probe.")
        .contains("Events detected:")
        .doesNotContain("refused")
        .doesNotContain("disabled BPF iterators")
        .doesNotContain("Error");
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
