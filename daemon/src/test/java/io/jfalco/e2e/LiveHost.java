package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tests on the live kernel need. In CI a missing part fails; elsewhere tests are skipped. */
final class LiveHost {
  private LiveHost() {}

  /** Root, BTF and a built eBPF object. */
  static void require() {
    if (!"root".equals(System.getProperty("user.name"))) {
      missing("live tests need root");
    }
    if (!Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"))) {
      missing("live tests need a kernel with BTF (/sys/kernel/btf/vmlinux)");
    }
    if (!Files.exists(FalcoProcess.ROOT.resolve("native/build/jfalco.bpf.o"))) {
      missing("live tests need the eBPF object: make native");
    }
  }

  /** A built file. */
  static void require(Path file, String what) {
    if (!Files.exists(file)) {
      missing(what);
    }
  }

  /**
   * Moves this process, and so the programs that it starts, to the root of all cgroups: a test
   * machine may itself be a container to the eye of the container matchers.
   */
  static void joinRootCgroups() throws IOException {
    List<Path> roots = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] field = line.split(" ");
      if (field[2].equals("cgroup") || field[2].equals("cgroup2")) {
        roots.add(Path.of(field[1]));
      }
    }
    for (Path root : roots) {
      Files.writeString(root.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
    }
  }

  /** Falco's own stable rules, which are no part of this project. */
  static Optional<Path> upstreamRules() {
    Path rules = FalcoProcess.ROOT.resolve("../shared/rules/falco_rules.yaml");
    return Files.exists(rules) ? Optional.of(rules.toAbsolutePath().normalize()) : Optional.empty();
  }

  static void requireUpstreamRules() {
    if (upstreamRules().isEmpty()) {
      missing("this test needs Falco's rules in ../shared/rules");
    }
  }

  private static void missing(String what) {
    if ("true".equals(System.getenv("CI"))) {
      fail(what);
    }
    abort(what);
  }
}
