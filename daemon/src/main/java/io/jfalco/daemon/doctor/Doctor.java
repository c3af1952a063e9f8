package io.jfalco.daemon.doctor;

import io.jfalco.config.Config;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.daemon.EngineTrial;
import io.jfalco.driver.DriverException;
import io.jfalco.driver.NativeFiles;
import io.jfalco.driver.Prerequisite;
import io.jfalco.driver.Prerequisites;
import io.jfalco.driver.RefusedProgram;
import io.jfalco.driver.RingSize;
import io.jfalco.output.Obstacle;
import io.jfalco.output.OutputKinds;
import io.jfalco.output.OutputProvider;
import io.jfalco.output.OutputSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at host, engine and outputs, for a configuration that could be read. */
public final class Doctor {
  private final Config config;
  private final Path home;

  /**
   * A doctor.
   *
   * @param home where JFalco's native parts are
   */
  public Doctor(Config config, Path home) {
    this.config = config;
    this.home = home;
  }

  /** What there is to say, in the order in which the daemon would meet it. Takes seconds. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    boolean promising = true;
    if (config.engine().kind() == EngineKind.MODERN_EBPF) {
      for (Prerequisite prerequisite : Prerequisites.ofModernBpf(NativeFiles.of(home))) {
        findings.add(finding(prerequisite));
        promising &= prerequisite.isMet();
      }
    }
    if (promising) {
      findings.addAll(engine());
    }
    findings.addAll(outputs());
    return findings;
  }

  private static Finding finding(Prerequisite prerequisite) {
    return prerequisite.isMet()
        ? Finding.ok(prerequisite.name(), prerequisite.found())
        : Finding.failure(prerequisite.name(), prerequisite.found(), prerequisite.fix());
  }

  private List<Finding> engine() {
    EngineKind kind = config.engine().kind();
    if (kind == EngineKind.NODRIVER) {
      return List.of(
          Finding.warning(
              "engine", "engine.kind is nodriver: there will be no events", "set engine.kind"));
    }
    try {
      List<RefusedProgram> refused = new EngineTrial(config, home).run();
      List<Finding> findings = new ArrayList<>();
      String name = config.engine().kind().name().toLowerCase(Locale.ROOT);
      findings.add(Finding.ok("engine", name + " was opened and started" + buffers()));
      for (RefusedProgram program : refused) {
        findings.add(
            Finding.warning(
                "engine",
                "eBPF program " + program.name() + " was refused: " + program.reason(),
                "rules that need it see nothing; another kernel may take it"));
      }
      return findings;
    } catch (DriverException e) {
      return List.of(Finding.failure("engine", e.operation() + ": " + e.reason(), e.fix()));
    }
  }

  private String buffers() {
    return config.engine().kind().isLive()
        ? ", each ring buffer has "
            + (RingSize.bytes(config.engine().bufSizePreset()) >> 20)
            + " MiB"
        : "";
  }

  private List<Finding> outputs() {
    List<Finding> findings = new ArrayList<>();
    for (Config.EnabledOutput output : config.outputs().enabled()) {
      String topic = "output " + output.kind();
      findings.add(
          obstacle(output)
              .map(obstacle -> Finding.failure(topic, obstacle.text(), obstacle.fix()))
              .orElseGet(() -> Finding.ok(topic, "alerts can get there")));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.failure("outputs", "no output is enabled", "enable one, as stdout_output"));
    }
    return findings;
  }

  private Optional<Obstacle> obstacle(Config.EnabledOutput output) {
    for (OutputProvider kind : OutputKinds.all()) {
      if (kind.name().equals(output.kind())) {
        return kind.obstacle(
            new OutputSettings(
                output.values(), config.format().json(), config.outputs().buffered()));
      }
    }
    throw new IllegalStateException("no kind of outputs " + output.kind());
  }
}
