package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The units of the daemon differ in what they must, and in nothing else. */
class UnitFilesTest {
  private static Set<String> settings(String unit) throws IOException {
    Set<String> settings = new TreeSet<>();
    for (String line : Files.readAllLines(FalcoProcess.ROOT.resolve("systemd/" + unit))) {
      if (line.contains("=") && !line.startsWith("#") && !line.startsWith("Description=")) {
        settings.add(line);
      }
    }
    return settings;
  }

  private static void differ(String unit, List<String> without, List<String> with)
      throws IOException {
    Set<String> expected = settings("falco-modern-bpf.service");
    Set<String> found = settings(unit);
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    found.removeAll(expected);
    assertThat(missing).containsExactlyInAnyOrderElementsOf(without);
    assertThat(found).containsExactlyInAnyOrderElementsOf(with);
  }

  @Test
  void unitOfTheModule() throws Exception {
    differ(
        "falco-kmod.service",
        List.of(
            "ExecStart=/usr/bin/falco -o engine.kind=modern_ebpf --pidfile /run/falco.pid",
            "Conflicts=falco-kmod.service falco-custom.service",
            "LimitMEMLOCK=infinity",
            "CapabilityBoundingSet=CAP_BPF CAP_PERFMON CAP_SYS_PTRACE CAP_DAC_READ_SEARCH",
            "PrivateDevices=yes",
            "SystemCallFilter=@system-service bpf perf_event_open"),
        List.of(
            "ExecStart=/usr/bin/falco -o engine.kind=kmod --pidfile /run/falco.pid",
            "Conflicts=falco-modern-bpf.service falco-custom.service",
            "Requires=falco-kmod-inject.service",
            "After=falco-kmod-inject.service",
            "CapabilityBoundingSet=CAP_SYS_PTRACE CAP_DAC_READ_SEARCH",
            "ReadWritePaths=-/sys/module/falco",
            "SystemCallFilter=@system-service"));
  }

  @Test
  void unitOfTheConfiguration() throws Exception {
    differ(
        "falco-custom.service",
        List.of(
            "ExecStart=/usr/bin/falco -o engine.kind=modern_ebpf --pidfile /run/falco.pid",
            "Conflicts=falco-kmod.service falco-custom.service",
            "PrivateDevices=yes"),
        List.of(
            "ExecStart=/usr/bin/falco --pidfile /run/falco.pid",
            "Conflicts=falco-modern-bpf.service falco-kmod.service",
            "ReadWritePaths=-/sys/module/falco"));
  }
}
