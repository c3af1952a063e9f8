package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a user meets it; needs neither root nor eBPF. */
class CommandLineIT {
  @TempDir Path work;

  @BeforeEach
  void configuration() throws IOException {
    Files.writeString(
        work.resolve("falco.yaml"),
        """
        engine: {kind: nodriver}
        stdout_output: {enabled: true}
        log_syslog: false
        """);
  }

  private record Run(int code, String out, String err) {}

  private Run falco(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-c", work.resolve("falco.yaml").toString()));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private static Run run(List<String> arguments) throws Exception {
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), arguments)) {
      int code = falco.await();
      Thread.sleep(50);
      return new Run(code, String.join("\n", falco.lines()), String.join("\n", falco.errorLines()));
    }
  }

  private String rules(String text) throws IOException {
    Path file = Files.createTempFile(work, "rules", ".yaml");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file.toString();
  }

  private String rule(String condition, String output, String priority) throws IOException {
    return rules(
        "- rule: broken\n  desc: d\n  condition: "
            + condition
            + "\n  output: \""
            + output
            + "\"\n  priority: "
            + priority
            + "\n");
  }

  @Test
  void syntaxErrorNamesFileLineAndText() throws Exception {
    String file = rule("evt.type = open and and proc.name = x", "x", "INFO");
    Run run = falco("-r", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("LOAD_ERR_COMPILE_CONDITION")
        .contains(file)
        .contains("unexpected token after 'and', expecting 'or', 'and'")
        .contains("evt.type = open and and proc.name = x");
    assertThat(run.err()).doesNotContain("at io.jfalco").doesNotContain("Exception");
  }

  @Test
  void unknownFieldIsRefused() throws Exception {
    Run run = falco("-r", rule("proc.nmae = cat", "x", "INFO"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("nonexistent field proc.nmae");
  }

  @Test
  void priorityThatDoesNotExistIsRefused() throws Exception {
    Run run = falco("-r", rule("evt.type = open", "x", "WNAORTNICNEG"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("LOAD_ERR_YAML_VALIDATE").contains("Invalid priority");
  }

  @Test
  void missingRulesFileIsRefused() throws Exception {
    Run run = falco("-r", work.resolve("absent.yaml").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("absent.yaml");
  }

  @Test
  void missingConfigurationIsRefused() throws Exception {
    Run run = run(List.of("-c", work.resolve("absent.yaml").toString()));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("Could not find configuration file at " + work.resolve("absent.yaml"));
  }

  @Test
  void rulesNeedAConfiguration() throws Exception {
    assumeFalse(Files.exists(Path.of("/etc/falco/falco.yaml")), "this host has a configuration");
    Run run = run(List.of("--list=syscall"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "Error: You must create a config file at /etc/falco/falco.yaml or by passing -c");
  }

  @Test
  void unknownOptionIsRefused() throws Exception {
    Run run = falco("--no-such-option");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error: ");
  }

  @Test
  void validatesRules() throws Exception {
    String good = rule("evt.type = open", "%fd.name", "INFO");
    Run ok = falco("-V", good);
    assertThat(ok.code()).isZero();
    assertThat(ok.out()).contains(good + ": Ok");
    Run bad = falco("-V", rule("evt.type = opne", "x", "INFO"));
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("Invalid").contains("unknown event type opne");
    Run json = falco("-o", "json_output=true", "-V", good);
    JsonNode result = new ObjectMapper().readTree(json.out());
    assertThat(result.get("falco_load_results").get(0).get("successful").asBoolean()).isTrue();
  }

  @Test
  void describesRules() throws Exception {
    Run run = falco("-r", rule("evt.type = open", "%fd.name", "INFO"), "-L");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("broken").contains("Rule").contains("Description");
  }

  @Test
  void printsVersionHelpAndFields() throws Exception {
    Run version = falco("--version");
    assertThat(version.code()).isZero();
    assertThat(version.out()).startsWith("Falco version: ").contains("Engine:        0.62.0");
    Run help = falco("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--list").contains("--validate").contains("-M");
    Run fields = falco("--list=syscall", "-N");
    assertThat(fields.code()).isZero();
    assertThat(fields.out().lines()).contains("proc.name", "fd.name", "evt.type", "container.id");
  }

  @Test
  void shippedRulesAreValid() throws Exception {
    Run run = falco("-V", FalcoProcess.ROOT.resolve("etc/falco/falco_rules.yaml").toString());
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("Ok").doesNotContain("warnings");
  }

  @Test
  void replaysTheDemoCapture() throws Exception {
    Run run =
        falco(
            "-r",
            FalcoProcess.ROOT.resolve("etc/falco/falco_rules.yaml").toString(),
            "-o",
            "engine.kind=replay",
            "-o",
            "engine.replay.capture_file="
                + FalcoProcess.ROOT.resolve("daemon/src/demo/guest-shell.scap"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Sensitive file read by a program that is not trusted with it | file=/etc/shadow")
        .contains("Events detected: ")
        .contains("Rule counts by severity:")
        .contains("Triggered rules by rule name:")
        .contains("Read sensitive file untrusted: ");
  }

  /** Alerts of a rule over the capture that ships with the project. */
  private List<String> replay(String condition, String output, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-r",
                rule(condition, output, "WARNING"),
                "-o",
                "engine.kind=replay",
                "-o",
                "engine.replay.capture_file="
                    + FalcoProcess.ROOT.resolve("daemon/src/demo/guest-shell.scap")));
    arguments.addAll(List.of(more));
    Run run = falco(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().lines().filter(line -> line.contains("Warning ")).toList();
  }

  @Test
  void aReplayedEventHasNotTheNameOfThisHost() throws Exception {
    assertThat(replay("evt.type = execve", "host=[%evt.hostname]"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).endsWith("Warning host=[]"));
  }

  @Test
  void buffersAreShownAsBase64OnDemand() throws Exception {
    String condition = "evt.buflen > 8 and evt.type in (read, write) and evt.buffer contains root";
    List<String> text = replay(condition, "data=%evt.buffer");
    List<String> coded = replay(condition, "data=%evt.buffer", "-o", "buffer_format_base64=true");
    assertThat(text).isNotEmpty().allSatisfy(line -> assertThat(line).contains("root"));
    assertThat(coded).hasSameSizeAs(text);
    for (String line : coded) {
      String data = line.substring(line.indexOf("data=") + "data=".length());
      assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.ISO_8859_1))
          .contains("root");
    }
  }
}
