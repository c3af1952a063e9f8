package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in a value is told with the place of its key, wherever that was merged from. */
class MistakePlacesTest {
  @TempDir Path dir;

  private void check(String yaml, List<String> options, String end) throws IOException {
    Path file = Files.writeString(dir.resolve("falco.yaml"), yaml);
    assertThatThrownBy(
            () -> new ConfigReader(name -> null, () -> true).read(Optional.of(file), options))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(end.replace("DIR", dir.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engine: {kind: x} | is not a valid kind. (DIR/falco.yaml:2:10)",
        "log_level: loud | Unknown log level loud (DIR/falco.yaml:2:1)",
        "priority: x | notice, informational, debug (DIR/falco.yaml:2:1)",
        "file_output: {enabled: true} | in configuration block (DIR/falco.yaml:2:15)",
        "append_output: [x] | 'append_output' is not a map (DIR/falco.yaml:2:1)",
        "rules: [x] | (DIR/falco.yaml:2:1)",
        "syscall_event_drops: {actions: [bark]} | (DIR/falco.yaml:2:23)",
        "load_plugins: [x] | plugin config not found for given name (DIR/falco.yaml:2:1)",
      })
  void inTheMainFile(String yaml, String end) throws IOException {
    check("json_output: true\n" + yaml, List.of(), end);
  }

  @Test
  void inIncludedFilesAndOptions() throws IOException {
    Path more = Files.writeString(dir.resolve("more.yaml"), "\npriority: x\n");
    String main = "priority: error\nconfig_files: [{path: " + more + ", strategy: %s}]\n";
    check(main.formatted("append"), List.of(), "debug (DIR/more.yaml:2:1)");
    check(main.formatted("override"), List.of(), "debug (DIR/more.yaml:2:1)");
    check(
        main.formatted("add-only").replace("error", "y"), List.of(), "debug (DIR/falco.yaml:1:1)");
    check(main.formatted("append"), List.of("priority=z"), "debug (-o priority)");
    check(main.formatted("append"), List.of("priority=debug", "rules[0]=x"), " (-o rules[0])");
  }
}
