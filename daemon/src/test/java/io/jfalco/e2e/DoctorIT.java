package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code falco doctor}, as a user runs it. */
@Timeout(120)
class DoctorIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path work;
  private Path config;
  private Path rules;

  @BeforeEach
  void files() throws Exception {
    config = work.resolve("falco.yaml");
    Files.writeString(
        config,
        """
        engine: {kind: modern_ebpf}
        stdout_output: {enabled: true}
        """);
    rules = work.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        - rule: exec
          desc: any
          condition: evt.type = execve
          output: "%proc.name"
          priority: INFO
        """);
  }

  private record Answer(int code, String text) {
    List<String> topics(String result) throws Exception {
      List<String> topics = new ArrayList<>();
      for (JsonNode finding : JSON.readTree(text)) {
        assertThat(finding.path("result").asText().equals("ok"))
            .as("a fix for what is not well: " + finding)
            .isEqualTo(finding.path("fix").asText().isEmpty());
        if (finding.path("result").asText().equals(result)) {
          topics.add(finding.path("topic").asText());
        }
      }
      return topics;
    }
  }

  private Answer doctor(String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(FalcoProcess.ROOT.resolve("bin/falco").toString());
    command.addAll(List.of("doctor", "-c", config.toString(), "-r", rules.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  @Test
  void aHostOnWhichAllIsWell() throws Exception {
    LiveHost.require();
    Answer answer = doctor("-j");
    assertThat(answer.topics("fail")).as(answer.text()).isEmpty();
    assertThat(answer.topics("ok"))
        .contains("configuration", "rules", "kernel", "BTF", "capabilities", "engine")
        .contains("output stdout");
    assertThat(answer.code()).isZero();
  }

  @Test
  void whatIsWrongIsNamedAndEndsWithOne() throws Exception {
    Files.writeString(rules, "- rule: broken\n");
    Answer answer =
        doctor(
            "-j",
            "-o",
            "engine.kind=nodriver",
            "-o",
            "file_output.enabled=true",
            "-o",
            "file_output.filename=" + work.resolve("none/alerts"));
    assertThat(answer.topics("fail")).containsExactly("rules", "output file");
    assertThat(answer.topics("warn")).containsExactly("engine");
    assertThat(answer.code()).isEqualTo(1);
  }

  @Test
  void textSaysWhatHelps() throws Exception {
    Files.writeString(config, "engine: [\n");
    Answer answer = doctor();
    assertThat(answer.text()).startsWith("fail  configuration  ").contains("fix: mend the file");
    assertThat(answer.code()).isEqualTo(1);
  }
}
