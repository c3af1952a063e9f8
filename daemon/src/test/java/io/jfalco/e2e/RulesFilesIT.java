package io.jfalco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules files on the command line: which are taken, what is said of them, and how it ends. */
class RulesFilesIT {
  private static final String RULE =
      "- {rule: %s, desc: d, condition: evt.type = open, output: o, priority: %s}\n";

  @TempDir Path work;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void configuration() throws Exception {
    write(
        "falco.yaml",
        """
        engine: {kind: nodriver}
        log_stderr: true
        log_syslog: false
        stdout_output: {enabled: true}
        load_plugins: [container]
        plugins: [{name: container, library_path: libcontainer.so}]
        """);
  }

  private String write(String name, String text) throws Exception {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private Run falco(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-c", work.resolve("falco.yaml").toString()));
    all.addAll(List.of(arguments));
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), all)) {
      int code = falco.await();
      Thread.sleep(50);
      return new Run(code, String.join("\n", falco.lines()), String.join("\n", falco.errorLines()));
    }
  }

  @Test
  void directoriesGiveTheirFilesByName() throws Exception {
    String last = write("rules/b.yaml", RULE.formatted("second", "INFO"));
    String first = write("rules/a.yml", RULE.formatted("first", "info"));
    write("rules/c.txt", "broken");
    write("rules/d.yaml.yaml", "broken");
    write("rules/below/e.yaml", "broken");
    Run run = falco("-r", work.resolve("rules").toString(), "--dry-run");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .containsSubsequence(
            "Loading rules from:",
            first + " | schema validation: failed for <root>[0][priority]: Failed to match",
            last + " | schema validation: ok")
        .doesNotContain("c.txt", "d.yaml.yaml", "e.yaml");
    Run described = falco("-r", work.resolve("rules").toString(), "-L");
    assertThat(described.out()).containsSubsequence("first ", "second ");
  }

  @Test
  void validatesSeveralFilesInOneRun() throws Exception {
    String lists = write("lists.yaml", "- {list: l, items: [a]}\n");
    String rules =
        write(
            "rules.yaml",
            "- {rule: r, desc: d, condition: evt.type = open and proc.name in (l), output: o,"
                + " priority: INFO}\n");
    Run good = falco("-V", lists, "-V", rules, "-L", "-o", "json_output=true");
    assertThat(good.code()).as(good.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(good.out());
    assertThat(json.get("falco_load_results")).hasSize(2);
    assertThat(json.get("falco_load_results").get(1).get("schema_valid").asBoolean()).isTrue();
    assertThat(json.get("falco_describe_results").get("rules")).hasSize(1);
    Run bad = falco("-V", write("bad.yaml", "- foo\n"), "-V", rules);
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("bad.yaml: Invalid", "rules.yaml: Ok");
    assertThat(bad.err()).contains("Error: " + work.resolve("bad.yaml") + ": Invalid");
  }

  @Test
  void missingPluginsExplainOtherErrors() throws Exception {
    String needs =
        write(
            "needs.yaml",
            "- required_plugin_versions: [{name: k8saudit, version: 0.7.0}]\n- {rule: r}\n");
    for (String option : List.of("-r", "-V")) {
      Run run = falco(option, needs);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .endsWith(
              "Error: Plugin requirement not satisfied, must load one of: k8saudit (>= 0.7.0)");
    }
    String holds =
        write("holds.yaml", "- required_plugin_versions: [{name: container, version: 0.7.0}]\n");
    assertThat(falco("-V", holds).code()).isZero();
  }

  @Test
  void rulesOfUnknownSourcesAreLeftOut() throws Exception {
    String rules =
        write(
            "audit.yaml",
            "- {rule: r, desc: d, condition: ka.verb = get, output: '%ka.verb', priority: INFO,"
                + " source: k8s_audit}\n"
                + RULE.formatted("s", "INFO"));
    Run run = falco("-r", rules, "-L");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("LOAD_UNKNOWN_SOURCE (Unknown event source): Unknown source");
    assertThat(run.out().lines()).hasSize(3).last().asString().startsWith("s ");
  }

  @Test
  void otherPluginsAreRefused() throws Exception {
    Run run =
        falco(
            "-o", "plugins[]={name: json, library_path: libjson.so}", "-o", "load_plugins[]=json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Cannot load plugin 'json': plugins are not supported yet");
  }

  @Test
  void printsTheSchemaWithoutConfiguration() throws Exception {
    try (FalcoProcess falco = FalcoProcess.start(Map.of(), List.of("--rule-schema"))) {
      assertThat(falco.await()).isZero();
      Thread.sleep(50);
      JsonNode schema = new ObjectMapper().readTree(String.join("\n", falco.lines()));
      assertThat(schema.get("definitions").get("FalcoRule").get("properties")).hasSize(20);
    }
  }

  @Test
  void hostileFilesEndInAnErrorWithinTheUsualHeap() throws Exception {
    int many = 8_000_000;
    StringBuilder bomb = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("- &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
    }
    Map<String, String> files =
        Map.of(
            bomb.toString(),
            "more than 524288 nodes",
            "[".repeat(many),
            "bad file",
            "- {list: l, items: [" + "a, ".repeat(many / 3) + "]}",
            "more than 524288 nodes",
            "- macro: m\n  condition: proc.name in (" + "a, ".repeat(many / 3) + "a)",
            "condition exceeds 1048576 characters",
            "- foo: bar\n".repeat(100_000),
            "more than 10000 warnings",
            "- {list: l, items: [a\0b]}",
            "is NUL");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Run run = falco("-V", write("hostile.yaml", file.getKey()));
      assertThat(run.code()).as(file.getValue()).isEqualTo(1);
      assertThat(run.err()).contains(file.getValue());
    }
  }
}
