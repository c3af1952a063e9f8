package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Issue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that are made to cost time or memory end with an error that names the limit. */
class HostileRulesTest {
  private static final int MANY = 8_000_000;

  private static List<Issue> errors(String file) {
    FileReport report =
        RuleLoader.load(
                List.of(new RuleFile("f.yaml", file.getBytes(StandardCharsets.UTF_8))),
                LoadOptions.of(FieldCatalog.standard()))
            .reports()
            .get(0);
    assertThat(report.verbose()).isNotEmpty();
    return report.errors();
  }

  private static String error(String file) {
    return errors(file).get(0).message();
  }

  private static String rule(String condition, String output) {
    return "- {rule: r, desc: d, priority: INFO, condition: '%s', output: '%s'}\n"
        .formatted(condition, output);
  }

  @Test
  void longLines() {
    assertThat(error("[".repeat(MANY))).contains("bad file");
    assertThat(error("x".repeat(MANY))).isEqualTo("Rules content is not yaml");
    assertThat(error("- " + "k".repeat(MANY) + ": v\n"))
        .contains("mapping values are not allowed here");
    assertThat(error("- {list: l, items: [" + "a, ".repeat(MANY / 3) + "]}\n"))
        .contains("more than 524288 nodes");
    assertThat(errors("#" + "x ".repeat(MANY / 2))).isEmpty();
    assertThat(error("- rule: |\n    " + "x ".repeat(MANY / 2) + "\n"))
        .isEqualTo("Item has no mapping for key 'enabled'");
    assertThat(error("x".repeat(10_000_000))).contains("more than 8388608 bytes");
  }

  @Test
  void longConditions() {
    String tooLong = "condition exceeds 1048576 characters with its lists";
    assertThat(error(rule("proc.name in (" + "a, ".repeat(MANY / 3) + "a)", "o")))
        .isEqualTo(tooLong);
    String values = "[a], ".repeat(80_000);
    assertThat(
            error(
                rule("evt.type = open", "o").replace("}\n", "")
                    + ", exceptions: [{name: x, fields: [proc.name], values: ["
                    + values
                    + "]}]}\n"))
        .isEqualTo(tooLong);
    assertThat(error(rule("(".repeat(5000) + "proc.name = x" + ")".repeat(5000), "o")))
        .isEqualTo("exceeded max depth limit of 1000");
  }

  @Test
  void longOutputs() {
    assertThat(error(rule("evt.type = open", "%proc.name ".repeat(100_000))))
        .isEqualTo("output exceeds 65536 characters");
  }

  @Test
  void manyWarnings() {
    assertThat(error("- foo: bar\n".repeat(20_000))).isEqualTo("more than 10000 warnings");
    assertThat(errors("- foo: bar\n".repeat(10_000))).isEmpty();
  }

  @Test
  void listsInLists() {
    String lists =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    "- {list: l%d, items: [%sx]}%n".formatted(i, ("l" + (i + 1) + ", ").repeat(10)))
            .collect(Collectors.joining());
    assertThat(error(lists + "- {macro: m, condition: proc.name in (l0)}\n"))
        .isEqualTo("condition exceeds 1048576 characters with its lists");
  }
}
