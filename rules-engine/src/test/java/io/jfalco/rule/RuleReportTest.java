package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with files, and the text that says so. */
class RuleReportTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.of(FieldCatalog.standard()).forValidation();

  static Stream<ReportCase> cases() throws IOException {
    return ReportCase.all();
  }

  /** Rewrites the reports with {@code -Dgolden.update=true}; look at the difference then. */
  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      ReportCase.update(given -> described(given.bytes()));
    }
  }

  private static LoadResult load(byte[] file) {
    return RuleLoader.load(List.of(new RuleFile("f.yaml", file)), OPTIONS);
  }

  private static FileReport report(byte[] file) {
    LoadResult result = load(file);
    assertThat(result.failure()).isEmpty();
    return result.reports().get(0);
  }

  private static FileReport report(String file) {
    return report(file.getBytes(StandardCharsets.UTF_8));
  }

  /** The report, why the files cannot be used, and what became of the rules. */
  private static String described(byte[] file) {
    LoadResult result = load(file);
    StringBuilder text = new StringBuilder(result.reports().get(0).verbose().stripTrailing());
    result.failure().ifPresent(failure -> text.append("\nfailure: ").append(failure.message()));
    result.rules().ifPresent(rules -> describe(rules, text));
    return text.toString();
  }

  private static void describe(RuleSet rules, StringBuilder text) {
    for (Rule rule : rules.rules()) {
      RuleDetails details = rules.details(rule);
      text.append("\nrule ").append(rule.name().strip()).append(": ");
      text.append(AstPrinter.print(rule.expression()));
      text.append("\n  ").append(rule.priority().label());
      text.append(rule.enabled() ? "" : ", disabled").append(details.capture() ? ", capture" : "");
      text.append(details.captureDuration() > 0 ? " " + details.captureDuration() + " ms" : "");
      text.append(' ').append(rule.tags()).append(' ').append(rule.description());
      text.append("\n  ").append(details.compiledOutput().stripTrailing());
      text.append(' ').append(rule.template().names());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reports(ReportCase given) {
    assertThat(described(given.bytes())).isEqualTo(given.report());
  }

  @Test
  void everyCodeHasACase() throws IOException {
    Set<IssueCode> missing = EnumSet.allOf(IssueCode.class);
    cases().forEach(c -> missing.removeIf(code -> c.report().contains(code.name() + " (")));
    // Files are read by the caller, and there are no extensions.
    assertThat(missing)
        .containsExactlyInAnyOrder(
            IssueCode.LOAD_ERR_FILE_READ,
            IssueCode.LOAD_ERR_EXTENSION,
            IssueCode.LOAD_WARNING_EXTENSION);
  }

  @Test
  void summaryHasOnlyCodes() {
    FileReport report = report("- foo: bar\n- {rule: r}\n");
    assertThat(report.summary())
        .isEqualTo(
            "f.yaml: Invalid\n"
                + " 2 schema warnings: [failed for <root>[0]: Object contains a property that could"
                + " not be validated using 'properties' or 'additionalProperties' constraints:"
                + " 'foo'. failed for <root>: Failed to validate item #0 in array.]\n"
                + " 1 errors: [LOAD_ERR_YAML_VALIDATE (Error validating internal structure of YAML"
                + " file)]\n"
                + " 1 warnings: [LOAD_UNKNOWN_ITEM (Unknown rules file item)]");
    assertThat(report("").summary()).isEqualTo("f.yaml: Ok");
  }

  @Test
  void jsonHasEverything() {
    FileReport report = report("- macro: m\n  condition: proc.name = \"a\" \"b\"\n");
    assertThat(Json.write(report.json()))
        .isEqualTo(
            "{\"errors\":[{\"code\":\"LOAD_ERR_COMPILE_CONDITION\",\"codedesc\":\"Error compiling"
                + " condition\",\"context\":{\"locations\":["
                + "{\"item_name\":\"\",\"item_type\":\"rules content\",\"position\":"
                + "{\"column\":0,\"line\":0,\"name\":\"f.yaml\",\"offset\":0}},"
                + "{\"item_name\":\"m\",\"item_type\":\"macro\",\"position\":"
                + "{\"column\":2,\"line\":0,\"name\":\"f.yaml\",\"offset\":2}},"
                + "{\"item_name\":\"\",\"item_type\":\"macro condition\",\"position\":"
                + "{\"column\":13,\"line\":1,\"name\":\"f.yaml\",\"offset\":24}},"
                + "{\"item_name\":\"\",\"item_type\":\"condition expression\",\"position\":"
                + "{\"column\":30,\"line\":2,\"name\":\"\\\"proc.name = \\\"a\\\" \\\"b\\\"\\\"\","
                + "\"offset\":40}}],\"snippet\":\"proc.name = \\\"a\\\" \\\"b\\\"\\n"
                + "                  ^\\n\"},"
                + "\"message\":\"unexpected token after 'a', expecting 'or', 'and'\"}],"
                + "\"name\":\"f.yaml\",\"schema_valid\":true,\"schema_warnings\":[],"
                + "\"successful\":false,\"warnings\":[]}");
  }

  @Test
  void bytesThatAreNoTextAreAnError() {
    assertThat(error(new byte[] {'-', ' ', (byte) 0xff}).message())
        .isEqualTo("byte 2 is not valid UTF-8");
    assertThat(error(new byte[] {'-', ' ', (byte) 0xe5}).code())
        .isEqualTo(IssueCode.LOAD_ERR_YAML_PARSE);
    Issue nul = error("- list: l\n  items: [a\0b]\n".getBytes(StandardCharsets.UTF_8));
    assertThat(nul.code()).isEqualTo(IssueCode.LOAD_ERR_YAML_PARSE);
    assertThat(nul.context().last().line()).isEqualTo(1);
  }

  private static Issue error(byte[] file) {
    return report(file).errors().get(0);
  }

  private static Issue error(String file) {
    return error(file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hugeTreesAreAnError() {
    assertThat(error("[".repeat(100_000)).message()).contains("bad file");
    assertThat(error("- ".repeat(100_000)).message()).contains("bad file");
    StringBuilder bomb = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("- &a").append(i).append(" [");
      List<String> aliases = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        aliases.add("*a" + (i - 1));
      }
      bomb.append(String.join(", ", aliases)).append("]\n");
    }
    assertThat(error(bomb.toString()).message()).contains("more than 524288 nodes");
    assertThat(error("- &a [*a]\n").message()).contains("stands for something around it");
    assertThat(error("- *a\n").message()).contains("the referenced anchor is not defined: a");
  }

  @Test
  void growingConditionsAreAnError() {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      file.append("- {list: l").append(i).append(", items: [");
      file.append(("l" + (i + 1) + ", ").repeat(10)).append("x]}\n");
    }
    file.append("- {macro: m, condition: proc.name in (l0)}\n");
    assertThat(error(file.toString()).message()).contains("exceeds 1048576 characters");
    StringBuilder doubling = new StringBuilder("- {macro: m0, condition: proc.pid > 1}\n");
    for (int i = 1; i < 64; i++) {
      doubling.append(String.format("- {macro: m%d, condition: m%2$d or m%2$d}\n", i, i - 1));
    }
    assertThat(error(doubling.toString()).message()).contains("exceeds 262144 checks");
  }

  @Test
  void deepConditionsAreCompiledOrRefused() {
    String open = "a or not(b and(";
    String close = "))";
    String macros = "- {macro: a, condition: proc.pid=1}\n- {macro: b, condition: proc.pid=2}\n";
    String deep = open.repeat(500) + "a" + close.repeat(500);
    String rule = "- {rule: r, desc: d, output: o, priority: INFO, condition: '";
    assertThat(report(macros + rule + "evt.type=open and (" + deep + ")'}\n").errors())
        .hasSize(1)
        .allMatch(issue -> issue.message().equals("exceeded max depth limit of 1000"));
    assertThat(report(macros + rule + deep + "'}\n").errors()).isEmpty();
  }
}
