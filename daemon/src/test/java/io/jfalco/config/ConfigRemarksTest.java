package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRemarksTest {
  @TempDir Path dir;

  private LoadedConfig read(String yaml, String... options) throws Exception {
    Path file = Files.writeString(dir.resolve("falco.yaml"), yaml);
    return new ConfigReader(name -> null, () -> true).read(Optional.of(file), List.of(options));
  }

  @Test
  void ofAKeyThatIsThereTwiceTheFirstCounts() throws Exception {
    LoadedConfig loaded =
        read(
            """
            json_output: true
            stdout_output: {enabled: true, enabled: false}
            engine: {kind: nodriver}
            json_output: false
            """);
    String file = dir.resolve("falco.yaml").toString();
    assertThat(loaded.config().format().json()).isTrue();
    assertThat(loaded.config().outputs().enabled()).isNotEmpty();
    assertThat(loaded.files())
        .containsEntry(
            file,
            "failed for <root>[stdout_output]: Object contains a property that could not be"
                + " validated using 'properties' or 'additionalProperties' constraints: ''.");
    assertThat(loaded.warnings())
        .containsExactly(
            file + ":2:32: 'stdout_output.enabled' is in line 2 already; it has no effect here",
            file + ":4:1: 'json_output' is in line 1 already; it has no effect here");
  }

  @Test
  void allProblemsAreToldWithTheirPlaces() throws Exception {
    LoadedConfig loaded =
        read(
            """
            foo: 1
            engine:
              knid: x
              kind: nodriver
            json_output: perhaps
            output_timeout: [1]
            stdout_output: 7
            rules: {a: b}
            log_stderr: yes
            append_output: [{match: {sorce: syscall}}]
            priority:
            load_plugins: container
            plugins: [{name: container}]
            webserver:
              listen_prt: 1
            buf_size_preset: 4
            """);
    String file = dir.resolve("falco.yaml").toString();
    assertThat(loaded.files())
        .containsEntry(
            file,
            "failed for <root>[append_output][0][match]: Object contains a property that could not"
                + " be validated using 'properties' or 'additionalProperties' constraints:"
                + " 'sorce'.");
    assertThat(loaded.warnings())
        .containsExactly(
            file
                + ":10:26: unknown key 'append_output[0].match.sorce', did you mean"
                + " 'append_output[].match.source'?",
            file + ":3:3: unknown key 'engine.knid', did you mean 'engine.kind'?",
            file + ":5:1: 'json_output' must be true or false, not 'perhaps'; it counts as absent",
            file + ":12:1: 'load_plugins' should be a list, not 'container'",
            file + ":9:1: 'log_stderr' should be true or false, not 'yes'",
            file + ":6:1: 'output_timeout' must be an integer, not a list; it counts as absent",
            file + ":11:1: 'priority' has no value; it counts as absent",
            file + ":8:1: 'rules' must be a list, not a map; it counts as absent",
            file + ":7:1: 'stdout_output' must be a map, not '7'; it counts as absent",
            file
                + ":15:3: unknown key 'webserver.listen_prt', did you mean 'webserver.listen_port'?",
            file + ":1:1: unknown key 'foo'; it has no effect",
            file
                + ":16:1: unknown key 'buf_size_preset', did you mean"
                + " 'engine.kmod.buf_size_preset' or 'engine.modern_ebpf.buf_size_preset'?",
            "plugin 'container' is not supported yet: container ids are built in, container names and"
                + " images are <NA>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json_outptu=true | -o json_outptu: unknown key 'json_outptu', did you mean 'json_output'?",
        "json-output=true | -o json-output: unknown key 'json-output', did you mean 'json_output'?",
        "plugins[3].nmae=x | -o plugins[3].nmae: unknown key 'plugins[0].nmae', did you mean"
            + " 'plugins[].name'?",
        "http_output={url: a, inscure: b} | -o http_output: unknown key 'http_output.inscure', did"
            + " you mean 'http_output.insecure'?",
        "priority.x=1 | -o priority.x: 'priority' must be a text, not a map; it counts as absent",
        "qqqqqqqq=1 | -o qqqqqqqq: unknown key 'qqqqqqqq'; it has no effect",
      })
  void optionsAreLookedAtToo(String option, String warning) throws Exception {
    String plugins =
        option.startsWith("plugins")
            ? "load_plugins: []\nplugins: [{name: a},{name: a},{name: a},{name: a}]\n"
            : "";
    assertThat(read("engine: {kind: nodriver}\n" + plugins, option).warnings())
        .singleElement()
        .isEqualTo(warning);
  }

  @Test
  void manyProblemsAreCutShort() throws Exception {
    StringBuilder yaml = new StringBuilder("engine: {kind: nodriver}\n");
    for (int i = 0; i < 250; i++) {
      yaml.append("zzzzzz").append(i).append(": 1\n");
    }
    List<String> warnings = read(yaml.toString()).warnings();
    assertThat(warnings).hasSize(101);
    assertThat(warnings.get(100)).endsWith(": and more of this kind");
  }

  @ParameterizedTest
  @CsvSource({"abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "'', abc, 3", "kitten, sitting, 3"})
  void distanceCountsLetters(String a, String b, int distance) {
    assertThat(NearestKey.distance(a, b)).isEqualTo(distance);
    assertThat(NearestKey.distance(b, a)).isEqualTo(distance);
  }
}
