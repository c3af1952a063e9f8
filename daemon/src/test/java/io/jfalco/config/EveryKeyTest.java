package io.jfalco.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No key of Falco's configuration is accepted and silently without effect: setting it changes the
 * configuration, or is warned about, or refused.
 */
class EveryKeyTest {
  /** Sections that act only when their switch is on. */
  private static final Map<String, List<String>> CONTEXTS =
      Map.ofEntries(
          Map.entry("append_output[].", List.of("append_output[0].extra_output=x")),
          Map.entry("capture.", List.of("capture.enabled=true")),
          Map.entry("engine.kmod.", List.of("engine.kind=kmod")),
          Map.entry("engine.modern_ebpf.", List.of("engine.kind=modern_ebpf")),
          Map.entry(
              "engine.replay.", List.of("engine.kind=replay", "engine.replay.capture_file=other")),
          Map.entry("file_output.", List.of("file_output.enabled=true", "file_output.filename=f")),
          Map.entry(
              "http_output.",
              List.of("http_output.enabled=true", "http_output.url=http://localhost")),
          Map.entry("metrics.", List.of("metrics.enabled=true")),
          Map.entry("plugins[].", List.of("plugins[0].name=container")),
          Map.entry(
              "program_output.",
              List.of("program_output.enabled=true", "program_output.program=p")),
          Map.entry("webserver.", List.of("webserver.enabled=true", "webserver.ssl_enabled=true")));

  @TempDir Path dir;
  private Path main;
  private Path included;

  @BeforeEach
  void files() throws IOException {
    main = Files.writeString(dir.resolve("falco.yaml"), "log_stderr: true\n");
    included = Files.writeString(dir.resolve("more.yaml"), "time_format_iso_8601: true\n");
  }

  static Set<String> keys() {
    return new TreeSet<>(ConfigSchema.keys());
  }

  /** What a configuration comes to: itself and its warnings, or why it is refused. */
  private record Outcome(Optional<Config> config, List<String> warnings, String refusal) {
    boolean speaks() {
      return !warnings.isEmpty() || !refusal.isEmpty();
    }
  }

  private Outcome read(List<String> options) {
    try {
      LoadedConfig loaded =
          new ConfigReader(name -> null, () -> true).read(Optional.of(main), options);
      return new Outcome(Optional.of(loaded.config()), loaded.warnings(), "");
    } catch (ConfigException e) {
      return new Outcome(Optional.empty(), List.of(), e.getMessage());
    }
  }

  private static List<String> context(String key) {
    List<String> options = new ArrayList<>(List.of("engine.kind=nodriver"));
    CONTEXTS.forEach(
        (section, more) -> {
          if (key.startsWith(section)) {
            options.addAll(more);
          }
        });
    return options;
  }

  /** Values of which at least one is not the default. */
  private List<String> settings(String key) {
    return switch (key) {
      case "append_output[]" -> List.of("append_output[]={extra_output: x}");
      case "append_output[].extra_output" -> List.of("append_output[0].extra_output=other");
      case "append_output[].match.tags[]" -> List.of("append_output[0].match.tags[]=a");
      case "append_output[].extra_fields[]" -> List.of("append_output[0].extra_fields[]=evt.num");
      case "config_files[]" -> List.of("config_files[]=" + included);
      case "engine.kind" -> List.of("engine.kind=modern_ebpf");
      case "libs_logger.severity" -> List.of(key + "=error");
      case "log_level", "priority" -> List.of(key + "=error");
      case "rule_matching" -> List.of(key + "=all");
      case "rules_file" -> List.of(key + "=" + included);
      case "rules_files[]" -> List.of(key + "=" + included);
      case "static_fields" -> List.of("static_fields={a: b}");
      case "syscall_event_drops.actions[]" -> List.of(key + "=exit");
      default -> settingsOfType(key.replaceFirst("\\[](?=.)", "[0]"), ConfigSchema.type(key));
    };
  }

  private static List<String> settingsOfType(String key, String type) {
    return switch (type) {
      case "bool" -> List.of(key + "=true", key + "=false");
      case "integer", "number" -> List.of(key + "=1", key + "=7");
      default -> List.of(key + "=some");
    };
  }

  private boolean isSilent(String key) {
    List<String> context = context(key);
    Outcome before = read(context);
    for (String setting : settings(key)) {
      List<String> options = new ArrayList<>(context);
      options.add(setting);
      Outcome after = read(options);
      if (after.speaks() || !after.config().equals(before.config())) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isActedOnOrSpokenOf(String key) throws IOException {
    assertThat(isSilent(key)).as(key).isFalse();
  }

  @Test
  void listOfKeysIsComplete() {
    assertThat(keys()).hasSizeGreaterThan(100);
    assertThat(CONTEXTS.keySet())
        .allSatisfy(section -> assertThat(keys()).anyMatch(key -> key.startsWith(section)));
  }

  @Test
  void aSilentKeyWouldBeFound() {
    assertThat(read(List.of("engine.kind=nodriver"))).isEqualTo(read(context("unknown_key")));
    assertThat(read(List.of("engine.kind=nodriver")).speaks()).isFalse();
    assertThat(isSilent("engine.kind")).isFalse();
    assertThat(read(List.of("engine.kind=nodriver", "json_output=false")))
        .isEqualTo(read(List.of("engine.kind=nodriver")));
  }
}
