package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleDescriptionsTest {
  private static final String FILE =
      """
      - required_engine_version: 0.57.0
      - required_plugin_versions: [{name: container, version: 0.4.0}]
      - {list: l, items: [a, k]}
      - {list: k, items: [b]}
      - {list: j, items: [k, c]}
      - {macro: m, condition: 'evt.type in (open, getpid)'}
      - rule: Short
        desc: few words
        condition: m and not proc.name in (l) and proc.aname[2] startswith oneof (j)
        output: "%proc.name %10fd.name"
        priority: WARNING
        tags: [t]
      - rule: Long
        desc: >
          Ten words of seven letters and more than that fill more than one line of the table, which
          is cut between words.
        condition: evt.type = open
        output: o
        priority: INFO
        enabled: false
      """;

  private final RuleDescriptions descriptions = new RuleDescriptions(load(FILE));

  private static RuleSet load(String file) {
    LoadResult result =
        RuleLoader.load(
            List.of(new RuleFile("f", file.getBytes(StandardCharsets.UTF_8))),
            LoadOptions.of(FieldCatalog.standard()));
    assertThat(result.reports().get(0).verbose()).isEqualTo("f: Ok");
    return result.rules().orElseThrow();
  }

  @Test
  void tableHasTwoColumns() {
    String indent = " ".repeat(51);
    assertThat(descriptions.text().lines())
        .containsExactly(
            "Rule" + " ".repeat(47) + "Description",
            "----" + " ".repeat(47) + "-----------",
            "Short" + " ".repeat(46) + "few words ",
            "",
            "Long" + " ".repeat(47) + "Ten words of seven letters and more than that fill more ",
            indent + "than one line of the table, which is cut between words. ",
            "");
    assertThat(descriptions.text("Short").orElseThrow().lines()).hasSize(4);
    assertThat(descriptions.text("none")).isEmpty();
  }

  @Test
  void columnsCountBytes() {
    String file =
        "- {rule: größe, desc: "
            + "ä".repeat(60)
            + " x, condition: evt.type = open, output: o, priority: INFO}\n"
            + "- {rule: long, desc: "
            + "x ".repeat(3000)
            + ", condition: evt.type = open, output: o, priority: INFO}\n";
    List<String> lines = new RuleDescriptions(load(file)).text().lines().toList();
    assertThat(lines.get(2)).isEqualTo("größe" + " ".repeat(44));
    assertThat(lines.get(3)).isEqualTo(" ".repeat(51) + "ä".repeat(60) + " ");
    assertThat(lines.get(4)).isEqualTo(" ".repeat(51) + "x ");
    // A row has 4094 bytes at most.
    String row = String.join("\n", lines.subList(6, lines.size()));
    assertThat(row).startsWith("long ").hasSize(4094);
  }

  @Test
  void jsonOfARule() {
    assertThat(Json.write(descriptions.json("Short").orElseThrow()))
        .isEqualTo(
            "{\"rules\":[{\"details\":{"
                + "\"condition_compiled\":\"(evt.type in (open, getpid) and not proc.name in"
                + " (a, b) and proc.aname[2] startswith oneof (b, c))\","
                + "\"condition_fields\":[\"evt.type\",\"proc.aname[2]\",\"proc.name\"],"
                + "\"condition_operators\":[\"in\",\"startswith oneof\"],"
                + "\"events\":[\"asyncevent\",\"getpid\",\"open\"],"
                + "\"exception_fields\":[],\"exception_names\":[],\"exception_operators\":[],"
                + "\"lists\":[\"j\",\"l\"],\"macros\":[\"m\"],"
                + "\"output_compiled\":\"%proc.name %10fd.name\","
                + "\"output_fields\":[\"proc.name\",\"fd.name\"],\"plugins\":[]},"
                + "\"info\":{\"capture\":false,\"capture_duration\":0,"
                + "\"condition\":\"m and not proc.name in (l) and proc.aname[2] startswith oneof"
                + " (j)\",\"description\":\"few words\",\"enabled\":true,\"name\":\"Short\","
                + "\"output\":\"%proc.name %10fd.name\",\"priority\":\"Warning\","
                + "\"source\":\"syscall\",\"tags\":[\"t\"]}}]}");
    assertThat(descriptions.json("none")).isEmpty();
  }

  @Test
  void jsonOfAll() {
    String json = Json.write(descriptions.json());
    assertThat(json)
        .startsWith("{\"lists\":[{\"details\":{\"items_compiled\":[\"a\",\"k\"],\"lists\":[]")
        .contains(
            "{\"details\":{\"items_compiled\":[\"b\",\"c\"],\"lists\":[\"k\"],\"plugins\":[],"
                + "\"used\":true},\"info\":{\"items\":[\"c\"],\"name\":\"j\"}}")
        .contains("\"info\":{\"condition\":\"evt.type in (open, getpid)\",\"name\":\"m\"}}")
        .contains("\"required_engine_version\":\"0.57.0\"")
        .contains(
            "\"required_plugin_versions\":[{\"alternatives\":[],\"name\":\"container\","
                + "\"version\":\"0.4.0\"}]");
  }
}
