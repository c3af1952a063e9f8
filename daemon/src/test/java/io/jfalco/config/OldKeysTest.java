package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import io.jfalco.config.Config.EngineKind;
import io.jfalco.config.OldKeys.OldKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of earlier versions of Falco start as they are; what has no effect is told. */
class OldKeysTest {
  @TempDir Path dir;

  private LoadedConfig read(Path file, String... options) throws ConfigException {
    return new ConfigReader(name -> null, () -> false).read(Optional.of(file), List.of(options));
  }

  private LoadedConfig read(String yaml, String... options) throws Exception {
    return read(Files.writeString(dir.resolve("falco.yaml"), yaml), options);
  }

  static Collection<OldKey> rows() {
    return OldKeys.all().values();
  }

  @Test
  void aWholeFileOf028StartsAsItIs() throws Exception {
    Path file = Path.of(OldKeysTest.class.getResource("falco-0.28.yaml").getPath());
    LoadedConfig loaded = read(file);
    Config config = loaded.config();
    assertThat(config.engine().kind()).isEqualTo(EngineKind.MODERN_EBPF);
    assertThat(config.format().json()).isTrue();
    assertThat(config.rules().minimum()).isEqualTo(Priority.WARNING);
    assertThat(config.outputs().enabled())
        .extracting(Config.EnabledOutput::kind)
        .containsExactlyInAnyOrder("file", "stdout");
    assertThat(config.syscalls().maxTimeouts()).isEqualTo(2000);
    List<String> lines = Files.readAllLines(file);
    for (String key :
        List.of("rate", "max_burst", "k8s_audit_endpoint", "grpc", "grpc_output", "rules_file")) {
      assertThat(loaded.warnings()).anyMatch(text -> text.contains(key));
    }
    assertThat(loaded.warnings())
        .allMatch(
            text ->
                text.contains("is a key of Falco up to")
                    || text.contains("'rules_file'")
                    || text.contains("modern_ebpf is used"))
        .contains(
            file
                + ":"
                + (lines.indexOf("grpc_output:") + 1)
                + ":1: 'grpc_output' is a key of Falco up to 0.43: it has no effect; the gRPC"
                + " output was removed: use 'http_output' or 'program_output'");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isToldWithItsPlaceAndNeverStopsTheStart(OldKey key) throws Exception {
    StringBuilder yaml = new StringBuilder("log_stderr: true\nengine:\n  kind: nodriver\n");
    List<String> steps = new ArrayList<>(List.of(key.name().split("\\.")));
    if (steps.get(0).equals("engine")) {
      steps.remove(0);
      yaml.append("  ").append(steps.remove(0)).append(": 5\n");
    } else {
      for (int i = 0; i < steps.size(); i++) {
        yaml.append("  ".repeat(i)).append(steps.get(i)).append(":\n");
      }
      yaml.append("  ".repeat(steps.size())).append("5\n");
    }
    LoadedConfig loaded = read(yaml.toString());
    long line = yaml.toString().lines().filter(text -> !text.isBlank()).count();
    line -= key.name().startsWith("engine.") ? 0 : 1;
    assertThat(loaded.warnings())
        .singleElement()
        .asString()
        .startsWith(dir.resolve("falco.yaml") + ":" + line + ":")
        .contains("'" + key.name() + "' is a key of Falco up to " + key.last())
        .contains(key.text());
    assertThat(loaded.files().values()).allMatch(verdict -> verdict.equals("ok") == key.inSchema());
    assertThat(read("engine: {kind: nodriver}", key.name() + "=5").warnings())
        .singleElement()
        .asString()
        .startsWith("-o " + key.name() + ": '" + key.name() + "' is a key of Falco up to");
  }

  static Stream<OldKey> replaced() {
    return rows().stream().filter(key -> !key.replacements().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("replaced")
  void itsValueIsTakenForItsReplacementsThatAreNotGiven(OldKey key) throws Exception {
    assertThat(ConfigSchema.keys()).containsAll(key.replacements());
    List<String> values = List.of("true", "5");
    for (String replacement : key.replacements()) {
      String kind = "engine.kind=" + replacement.split("\\.")[1];
      for (String value : values) {
        assertThat(read("log_stderr: true", kind, key.name() + "=" + value).config())
            .isEqualTo(read("log_stderr: true", kind, replacement + "=" + value).config());
      }
      String given =
          replacement + (ConfigSchema.type(replacement).equals("bool") ? "=false" : "=7");
      LoadedConfig both = read("log_stderr: true", kind, key.name() + "=5", given);
      assertThat(both.config()).isEqualTo(read("log_stderr: true", kind, given).config());
      String beside = "it has no effect beside '" + replacement + "'";
      assertThat(both.warnings().get(0))
          .contains(key.replacements().size() > 1 ? "its value is taken for" : beside);
    }
  }

  @Test
  void valuesAreTakenFromIncludedFilesToo() throws Exception {
    Path more = Files.writeString(dir.resolve("more.yaml"), "syscall_buf_size_preset: 6\n");
    LoadedConfig loaded = read("engine: {kind: modern_ebpf}\nconfig_files: [" + more + "]\n");
    assertThat(loaded.config().engine().bufSizePreset()).isEqualTo(6);
    assertThat(loaded.warnings()).singleElement().asString().startsWith(more + ":1:1: ");
  }
}
