package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration does to the whole program; needs neither root nor eBPF. */
class ConfigurationIT {
  private static final String CAPTURE =
      FalcoProcess.ROOT.resolve("daemon/src/demo/guest-shell.scap").toString();

  @TempDir Path temporary;
  private Path work;
  private Path config;
  private Path rules;

  @BeforeEach
  void files() throws IOException {
    work = temporary.toRealPath();
    config = work.resolve("falco.yaml");
    rules = work.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        - rule: shell
          desc: programs
          condition: evt.type = execve and static.team = blue
          output: "run %proc.name by %static.team"
          priority: WARNING
        """);
    configure("");
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        config,
        """
        engine: {kind: nodriver}
        rules_files: [%s]
        static_fields: {team: blue}
        json_output: true
        stdout_output: {enabled: true}
        log_stderr: true
        log_syslog: false
        watch_config_files: false
        %s
        """
            .formatted(rules, more));
    mode(config, "rw-r--r--");
    mode(rules, "rw-r--r--");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private FalcoProcess start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-c", config.toString()));
    arguments.addAll(List.of(options));
    return FalcoProcess.start(Map.of(), arguments);
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

  private static boolean says(FalcoProcess falco, String text) {
    return falco.errorLines().stream().anyMatch(line -> line.contains(text));
  }

  @Test
  void constantsAreInConditionsAndOutputs() throws Exception {
    configure("append_output: [{suggested_output: true}]");
    try (FalcoProcess falco =
        start("-o", "engine.kind=replay", "-o", "engine.replay.capture_file=" + CAPTURE)) {
      assertThat(falco.await()).as(falco.text()).isZero();
      await(falco, () -> !falco.alerts("run ").isEmpty());
      JsonNode alert = falco.alerts("run ").get(0);
      assertThat(alert.path("output").asText()).contains(" by blue static_team=blue container_id=");
      assertThat(alert.at("/output_fields/static.team").asText()).isEqualTo("blue");
    }
  }

  @Test
  void supportTellsWhatRuns() throws Exception {
    try (FalcoProcess falco = start("-o", "priority=error", "--support")) {
      assertThat(falco.await()).as(falco.text()).isZero();
      await(falco, () -> !falco.lines().isEmpty());
      JsonNode support = new ObjectMapper().readTree(falco.lines().get(0));
      assertThat(support.fieldNames())
          .toIterable()
          .containsExactly(
              "cmdline", "config", "engine_info", "rules_files", "system_info", "version");
      assertThat(support.path("cmdline").asText())
          .isEqualTo("falco -c " + config + " -o priority=error --support");
      assertThat(support.path("config").asText())
          .startsWith("{\"engine\": {\"kind\": \"nodriver\"}, \"rules_files\": [\"" + rules)
          .endsWith("\"watch_config_files\": \"false\", \"priority\": \"error\"}");
      assertThat(support.at("/rules_files/0/name").asText()).isEqualTo(rules.toString());
      assertThat(support.at("/rules_files/0/variants/0/content").asText())
          .isEqualTo(Files.readString(rules));
      assertThat(support.at("/system_info/sysname").asText()).isEqualTo("Linux");
      assertThat(support.at("/engine_info/engine_version_semver").asText()).isEqualTo("0.62.0");
    }
  }

  @Test
  void thereAreNoPlugins() throws Exception {
    try (FalcoProcess falco = start("--list-plugins")) {
      assertThat(falco.await()).isZero();
      await(falco, () -> falco.lines().contains("0 Plugins Loaded:"));
    }
    try (FalcoProcess falco = start("--plugin-info", "json")) {
      assertThat(falco.await()).isEqualTo(1);
      await(falco, () -> says(falco, "Error: can't find plugin and print its info: json"));
    }
  }

  @Test
  void aFileOf028Starts() throws Exception {
    Path old = Path.of(System.getProperty("jfalco.root"));
    old = old.resolve("daemon/src/test/resources/io/jfalco/config/falco-0.28.yaml");
    List<String> arguments =
        List.of("-c", old.toString(), "-r", rules.toString(), "-o", "static_fields.team=blue");
    List<String> all = new ArrayList<>(arguments);
    all.add("--dry-run");
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), all)) {
      assertThat(falco.await()).as(falco.text()).isZero();
      await(falco, () -> says(falco, "'grpc' is a key of Falco up to 0.43"));
      await(falco, () -> says(falco, "Using deprecated config key 'rules_file'"));
    }
  }

  @Test
  void filesThatOthersMayWriteAreWarnedOf() throws Exception {
    mode(rules, "rw-rw-rw-");
    try (FalcoProcess falco = start("--dry-run")) {
      assertThat(falco.await()).as(falco.text()).isZero();
      await(falco, () -> says(falco, rules + " can be written by others (mode 0666)"));
      await(falco, () -> says(falco, "chmod go-w " + rules));
    }
  }

  @Test
  void strictPermissionsStopTheStartAndReloads() throws Exception {
    configure("strict_permissions: true");
    Path pid = work.resolve("pid");
    try (FalcoProcess falco = start("-P", pid.toString())) {
      await(falco, () -> Files.exists(pid));
      mode(rules, "rw-rw-rw-");
      falco.signal("HUP");
      await(falco, () -> !falco.alerts("hot restart failure: strict_permissions: ").isEmpty());
      mode(rules, "rw-r--r--");
      falco.signal("HUP");
      await(falco, () -> says(falco, "SIGHUP received, restarting..."));
      assertThat(mode(pid)).isEqualTo("rw-r--r--");
    }
    mode(rules, "rw-rw-rw-");
    try (FalcoProcess falco = start()) {
      assertThat(falco.await()).isEqualTo(1);
      await(falco, () -> says(falco, "Error: strict_permissions: " + rules + " can be written"));
    }
  }

  @Test
  void whatIsWrittenIsForItsOwnerWhateverTheUmask() throws Exception {
    configure("capture: {enabled: true, mode: all_rules, path_prefix: " + work + "/rule}");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "/bin/sh",
                "-c",
                "umask 0; exec \"$0\" \"$@\"",
                FalcoProcess.ROOT.resolve("bin/falco").toString(),
                "-c",
                config.toString()));
    for (String setting :
        List.of(
            "engine.kind=replay",
            "engine.replay.capture_file=" + CAPTURE,
            "file_output.enabled=true",
            "file_output.filename=" + work + "/events.txt")) {
      command.addAll(List.of("-o", setting));
    }
    command.addAll(List.of("-w", work + "/all.scap", "--state", work + "/state"));
    command.addAll(List.of("-P", work + "/pid"));
    String output = Commands.run(command.toArray(String[]::new));
    List<String> written = new ArrayList<>();
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".yaml")) {
          written.add(name.replaceAll("_.*", "") + " " + mode(file));
        }
      }
    }
    assertThat(written.stream().distinct())
        .as(output)
        .containsExactly(
            "all.scap rw-------",
            "events.txt rw-------",
            "pid rw-r--r--",
            "rule rw-------",
            "state rw-------");
  }
}
