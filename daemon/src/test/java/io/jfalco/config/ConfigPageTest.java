package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.config.ConfigPage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the configuration is written by hand; here it is held to what the code does. */
class ConfigPageTest {
  private static final Path ROOT = Path.of(System.getProperty("jfalco.root"));
  private static final Path SCHEMA =
      Path.of("daemon/src/main/java/io/jfalco/config/ConfigSchema.java");
  private static final Pattern SCHEMA_ROW =
      Pattern.compile("\\s+[a-z_0-9.\\[\\]]+ (any|bool|number|text)");

  /** Two values, the first of which switches on; where those of the type do not do. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "priority", List.of("error", "debug"),
          "rule_matching", List.of("all", "first"),
          "log_level", List.of("error", "debug"),
          "libs_logger.severity", List.of("error", "debug"),
          "engine.kind", List.of("modern_ebpf", "nodriver"),
          "syscall_event_drops.threshold", List.of("1", "0"),
          "static_fields", List.of("{team: a}", ""),
          "rules_file", List.of(existing("pom.xml"), existing("README.md")));

  private static String existing(String name) {
    return ROOT.resolve(name).toString();
  }

  private static List<String> values(Row row) {
    List<String> ofType =
        switch (row.type()) {
          case "bool" -> List.of("true", "false");
          case "number" -> List.of("2", "1");
          default -> List.of("a", "b");
        };
    return VALUES.getOrDefault(row.key(), ofType);
  }

  static Stream<Row> scalars() throws IOException {
    return ConfigPage.rows(ROOT).stream().filter(row -> !row.isBelowList());
  }

  static Stream<Row> defaults() throws IOException {
    return scalars().filter(row -> !row.absent().isEmpty());
  }

  @Test
  void everyKeyOfTheSchemaIsOnThePageWithItsType() throws IOException {
    List<String> schema =
        Files.readAllLines(ROOT.resolve(SCHEMA)).stream()
            .filter(line -> SCHEMA_ROW.matcher(line).matches())
            .map(String::strip)
            .toList();
    assertThat(schema).hasSizeGreaterThan(100);
    assertThat(ConfigPage.rows(ROOT).stream().map(row -> row.key() + " " + row.type()))
        .containsExactlyInAnyOrderElementsOf(schema);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void defaultsAreThoseOfAbsentKeys(Row row) throws Exception {
    assertThat(read(row, Optional.of(row.absent())).config())
        .isEqualTo(read(row, Optional.empty()).config());
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void supportIsAsThePageSays(Row row) throws Exception {
    LoadedConfig off = read(row, Optional.of(values(row).get(1)));
    if (row.support().equals("refused")) {
      assertThatThrownBy(() -> read(row, Optional.of(values(row).get(0))))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("not supported yet");
      return;
    }
    LoadedConfig on = read(row, Optional.of(values(row).get(0)));
    switch (row.support()) {
      case "yes" -> assertThat(on.config()).isNotEqualTo(off.config());
      case "no effect" -> assertThat(on).isEqualTo(off);
      case "warns" -> {
        assertThat(on.config()).isEqualTo(off.config());
        assertThat(off.warnings()).isEmpty();
        assertThat(on.warnings()).singleElement().asString().startsWith(row.key() + " is not");
      }
      case "warns if false" -> {
        assertThat(on.config()).isEqualTo(off.config());
        assertThat(on.warnings()).isEmpty();
        assertThat(off.warnings()).singleElement().asString().startsWith(row.key());
      }
      default -> assertThat(row.support()).isEqualTo("one of the words of the page");
    }
  }

  /** A configuration in which the key matters, with this value. */
  private static LoadedConfig read(Row row, Optional<String> value) throws ConfigException {
    List<String> options = new ArrayList<>();
    options.add("engine.kind=nodriver");
    switch (row.key().split("\\.")[0]) {
      case "file_output" ->
          options.addAll(List.of("file_output.enabled=true", "file_output.filename=c"));
      case "program_output" ->
          options.addAll(List.of("program_output.enabled=true", "program_output.program=c"));
      default -> {
        if (row.key().equals("engine.replay.capture_file")) {
          options.add("engine.kind=replay");
        } else if (row.key().startsWith("engine.kmod.")) {
          options.add("engine.kind=kmod");
        }
      }
    }
    if (value.isEmpty()) {
      options.removeIf(option -> option.startsWith(row.key() + "="));
    }
    value.ifPresent(text -> options.add(row.key() + "=" + text));
    return new ConfigReader(name -> null).read(Optional.empty(), options);
  }
}
