package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The keys, the page and the installed file that are made of them, are held to what the code does.
 */
class ConfigPageTest {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));

  /** Two values, the first of which switches on; where those of the type do not do. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("capture.mode", List.of("all_rules", "rules")),
          Map.entry("priority", List.of("error", "debug")),
          Map.entry("rule_matching", List.of("all", "first")),
          Map.entry("log_level", List.of("error", "debug")),
          Map.entry("libs_logger.severity", List.of("error", "debug")),
          Map.entry("engine.kind", List.of("modern_ebpf", "nodriver")),
          Map.entry("syscall_event_drops.threshold", List.of("1", "0")),
          Map.entry("static_fields", List.of("{team: a}", "")),
          Map.entry("rules_file", List.of(existing("pom.xml"), existing("README.md"))),
          Map.entry("webserver.listen_address", List.of("0.0.0.0", "::1")),
          Map.entry("webserver.k8s_healthz_endpoint", List.of("/a", "/b")));

  private static String existing(String name) {
    return ROOT.resolve(name).toString();
  }

  private static List<String> values(ConfigKey row) {
    List<String> ofType =
        switch (row.type()) {
          case "bool" -> List.of("true", "false");
          case "integer", "number" -> List.of("2", "1");
          default -> List.of("a", "b");
        };
    return VALUES.getOrDefault(row.name(), ofType);
  }

  static Stream<ConfigKey> scalars() {
    return ConfigKeys.all().values().stream().filter(row -> !row.isBelowList());
  }

  static Stream<ConfigKey> defaults() {
    return scalars().filter(row -> !row.absent().isEmpty());
  }

  @Test
  void pageAndInstalledFileAreWhatTheKeysGenerate() throws IOException {
    assertThat(ConfigKeys.all()).hasSizeGreaterThan(100);
    check(ROOT.resolve("docs/reference/configuration.md"), ConfigPage.text());
    check(ROOT.resolve("etc/falco/falco.yaml"), ShippedFile.text());
  }

  private static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("generate")) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void installedFileIsReadWithoutComplaint() throws Exception {
    LoadedConfig loaded =
        new ConfigReader(name -> null, () -> true)
            .read(Optional.of(ROOT.resolve("etc/falco/falco.yaml")), List.of("config_files=[]"));
    assertThat(loaded.files().values()).allSatisfy(text -> assertThat(text).isEqualTo("ok"));
    assertThat(loaded.warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void defaultsAreThoseOfAbsentKeys(ConfigKey row) throws Exception {
    assertThat(read(row, Optional.of(row.absent())).config())
        .isEqualTo(read(row, Optional.empty()).config());
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void supportIsAsThePageSays(ConfigKey row) throws Exception {
    LoadedConfig off = read(row, Optional.of(values(row).get(1)));
    LoadedConfig on = read(row, Optional.of(values(row).get(0)));
    switch (row.support()) {
      case "yes" -> assertThat(on.config()).isNotEqualTo(off.config());
      case "no effect" -> {
        assertThat(on.config()).isEqualTo(off.config());
        assertThat(on.warnings()).isEqualTo(off.warnings());
      }
      case "warns" -> {
        assertThat(on.config()).isEqualTo(off.config());
        assertThat(off.warnings()).isEmpty();
        assertThat(on.warnings()).singleElement().asString().startsWith(row.name() + " is not");
      }
      case "warns if false" -> {
        assertThat(on.config()).isEqualTo(off.config());
        assertThat(on.warnings()).isEmpty();
        assertThat(off.warnings()).singleElement().asString().startsWith(row.name());
      }
      default -> assertThat(row.support()).isEqualTo("one of the words of the page");
    }
  }

  /** A configuration in which the key matters, with this value. */
  private static LoadedConfig read(ConfigKey row, Optional<String> value) throws ConfigException {
    List<String> options = new ArrayList<>();
    options.add("engine.kind=nodriver");
    switch (row.name().split("\\.")[0]) {
      case "file_output" ->
          options.addAll(List.of("file_output.enabled=true", "file_output.filename=c"));
      case "program_output" ->
          options.addAll(List.of("program_output.enabled=true", "program_output.program=c"));
      case "http_output" ->
          options.addAll(List.of("http_output.enabled=true", "http_output.url=http://localhost"));
      default -> {
        if (row.name().equals("engine.replay.capture_file")) {
          options.add("engine.kind=replay");
        } else if (row.name().startsWith("engine.kmod.")) {
          options.add("engine.kind=kmod");
        } else if (row.name().equals("webserver.ssl_certificate")) {
          options.add("webserver.ssl_enabled=true");
        }
      }
    }
    if (value.isEmpty()) {
      options.removeIf(option -> option.startsWith(row.name() + "="));
    }
    value.ifPresent(text -> options.add(row.name() + "=" + text));
    return new ConfigReader(name -> null, () -> true).read(Optional.empty(), options);
  }
}
