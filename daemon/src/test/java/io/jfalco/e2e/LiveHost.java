package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
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
