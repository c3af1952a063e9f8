package io.jfalco.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A daemon with shipped rules on this host's kernel, and a container beside it. What tests do is
 * marked with a text that nothing else has.
 */
final class ShippedDaemon {
  private final Path work;
  private final RuncContainer container;
  private final FalcoProcess falco;

  private ShippedDaemon(Path work, RuncContainer container, FalcoProcess falco) {
    this.work = work;
    this.container = container;
    this.falco = falco;
  }

  /** Starts both, where this host can; {@code files} are rules files of {@code etc/falco}. */
  static ShippedDaemon start(String name, String... files) throws Exception {
    LiveHost.require();
    LiveHost.joinRootCgroups();
    Path work = FalcoProcess.workDirectory(name);
    RuncContainer container = RuncContainer.start(work, (uuid() + uuid()).replace("-", ""));
    ShippedDaemon daemon =
        new ShippedDaemon(work, container, FalcoProcess.start(Map.of(), arguments(work, files)));
    try {
      daemon.falco.awaitReady(
          "probe ready", () -> Commands.run("touch", work.resolve("shipped-ready").toString()));
    } catch (Exception | AssertionError e) {
      daemon.close();
      throw e;
    }
    return daemon;
  }

  private static List<String> arguments(Path work, String... files) throws IOException {
    Path config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        log_syslog: false
        json_output: true
        rule_matching: all
        append_output: [{suggested_output: true}]
        """);
    Path probe = work.resolve("probe.yaml");
    Files.writeString(
        probe,
        """
        - rule: probe ready
          desc: shows that the daemon sees events
          condition: evt.type in (open, openat, openat2) and fd.filename startswith shipped-ready
          output: "%fd.name"
          priority: DEBUG
        """);
    List<String> arguments = new ArrayList<>(List.of("-c", config.toString()));
    for (String file : files) {
      arguments.add("-r");
      arguments.add(FalcoProcess.ROOT.resolve("etc/falco").resolve(file).toString());
    }
    arguments.add("-r");
    arguments.add(probe.toString());
    return arguments;
  }

  private static String uuid() {
    return UUID.randomUUID().toString();
  }

  static String marker() {
    return "mk" + uuid().substring(0, 8);
  }

  /** A directory for what tests leave. */
  Path work() {
    return work;
  }

  RuncContainer container() {
    return container;
  }

  /** Rules of all alerts with the marker, after everything that happened so far was seen. */
  List<String> rules(String marker) throws Exception {
    String sentinel = "shipped-ready-" + uuid();
    Commands.run("touch", work.resolve(sentinel).toString());
    falco.awaitAlert("probe ready", sentinel);
    return falco.alerts(marker).stream().map(alert -> alert.get("rule").asText()).toList();
  }

  /** The alerts with the marker that were seen by now. */
  List<JsonNode> alerts(String marker) {
    return falco.alerts(marker);
  }

  /** A copy of a program under another name or in another place. */
  static Path copy(String program, Path copy) throws IOException {
    Files.copy(Path.of("/usr/bin", program).toRealPath(), copy);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  void close() throws Exception {
    falco.close();
    container.close();
    Commands.run("rm", "-rf", work.toString());
  }
}
