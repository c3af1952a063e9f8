package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.field.FieldCatalog;
import io.jfalco.issue.FileReport;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files define, and how later ones change it. */
class RuleLoaderTest {
  private static final LoadOptions OPTIONS = LoadOptions.of(FieldCatalog.standard());

  private static LoadResult load(String... files) {
    return load(OPTIONS, files);
  }

  private static LoadResult load(LoadOptions options, String... files) {
    List<RuleFile> all = new ArrayList<>();
    for (String file : files) {
      all.add(
          new RuleFile("f" + (all.size() + 1) + ".yaml", file.getBytes(StandardCharsets.UTF_8)));
    }
    return RuleLoader.load(all, options);
  }

  private static RuleSet rules(String... files) {
    LoadResult result = load(files);
    for (FileReport report : result.reports()) {
      assertThat(report.errors()).as(report.verbose()).isEmpty();
    }
    return result.rules().orElseThrow();
  }

  private static String rule(String name, String condition) {
    return "- {rule: "
        + name
        + ", desc: d, priority: INFO, output: o, condition: '"
        + condition.replace("'", "''")
        + "'}\n";
  }

  private static String condition(RuleSet rules, String rule) {
    return AstPrinter.print(rules.find(rule).orElseThrow().expression());
  }

  private static List<IssueCode> warnings(LoadResult result, int file) {
    return result.reports().get(file).warnings().stream().map(Issue::code).toList();
  }

  @Test
  void readsARule() {
    RuleSet rules =
        rules(
            """
            - rule: 敏感文件
              desc: 有人读取了敏感文件
              condition: evt.type in (open, openat) and fd.name = /etc/影子
              output: "  发现 (file=%fd.name)\\n"
              priority: error
              tags: [b, a, b]
              enabled: no
            """);
    Rule rule = rules.find("敏感文件").orElseThrow();
    assertThat(rule.description()).isEqualTo("有人读取了敏感文件");
    assertThat(rule.output()).isEqualTo("发现 (file=%fd.name)");
    assertThat(rule.priority()).isEqualTo(Priority.ERROR);
    assertThat(rule.tags()).containsExactly("a", "b");
    assertThat(rule.enabled()).isFalse();
    assertThat(rule.source()).isEqualTo("syscall");
    assertThat(rule.index()).isZero();
    assertThat(condition(rules, "敏感文件"))
        .isEqualTo("(evt.type in (open, openat) and fd.name = /etc/影子)");
  }

  @Test
  void listsAndMacrosAcrossFiles() {
    RuleSet rules =
        rules(
            "- {list: my_programs, items: [a]}\n"
                + "- {macro: m, condition: proc.name in (my_programs)}\n"
                + rule("r", "m and evt.type=openat and fd.name in (later)")
                + "- {list: later, items: [0x10, '\"47.240.167.128\"']}\n",
            """
            - {list: my_programs, append: true, items: [b c]}
            - {macro: m, append: true, condition: or proc.name = z}
            - {rule: r, append: true, condition: and proc.pid > 1}
            """);
    assertThat(condition(rules, "r"))
        .isEqualTo(
            "((proc.name in (a, \"b c\") or proc.name = z) and evt.type = openat"
                + " and fd.name in (0x10, 47.240.167.128) and proc.pid > 1)");
    assertThat(rules.lists().get(0).items()).containsExactly("a", "b c");
    assertThat(rules.macros().get(0).condition())
        .isEqualTo("proc.name in (my_programs) or proc.name = z");
  }

  @Test
  void appendAndStandaloneEnabledAreDeprecated() {
    LoadResult result =
        load(
            rule("r", "evt.type=open")
                + """
                - {rule: r, append: true, condition: and proc.pid > 1}
                - {rule: r, enabled: false}
                - {rule: r, append: false, desc: d, priority: INFO, output: o, condition: evt.type=open}
                """);
    assertThat(warnings(result, 0))
        .containsExactly(IssueCode.LOAD_DEPRECATED_ITEM, IssueCode.LOAD_DEPRECATED_ITEM);
    assertThat(condition(result.rules().orElseThrow(), "r")).isEqualTo("evt.type = open");
  }

  @Test
  void overridesChangeWhatTheyName() {
    RuleSet rules =
        rules(
            rule("r", "evt.type=open") + rule("s", "evt.type=close"),
            """
            - rule: r
              condition: and proc.name=x
              output: more
              tags: [t]
              priority: CRITICAL
              enabled: false
              override: {condition: append, output: append, tags: append, priority: replace, enabled: replace}
            - rule: s
              desc: other
              condition: evt.type = dup
              override: {desc: replace, condition: replace}
            """);
    Rule rule = rules.find("r").orElseThrow();
    assertThat(condition(rules, "r")).isEqualTo("(evt.type = open and proc.name = x)");
    assertThat(rule.output()).isEqualTo("o more");
    assertThat(rule.tags()).containsExactly("t");
    assertThat(rule.priority()).isEqualTo(Priority.CRITICAL);
    assertThat(rule.enabled()).isFalse();
    assertThat(rules.find("s").orElseThrow().description()).isEqualTo("other");
    assertThat(condition(rules, "s")).isEqualTo("evt.type = dup");
  }

  @Test
  void redefinitionsKeepTheirPlace() {
    RuleSet rules =
        rules(rule("r", "evt.type=open") + rule("s", "evt.type=open"), rule("r", "evt.type=close"));
    assertThat(rules.rules().stream().map(Rule::name)).containsExactly("r", "s");
    assertThat(condition(rules, "r")).isEqualTo("evt.type = close");
  }

  @Test
  void listsOfLists() {
    RuleSet rules =
        rules(
            """
            - {list: l1, items: [a, b]}
            - {list: l2, items: [l1, c]}
            - {list: none, items: []}
            """
                + rule("r", "evt.type=open and proc.name in (none, l2, none)"));
    assertThat(condition(rules, "r")).isEqualTo("(evt.type = open and proc.name in (a, b, c))");
    assertThat(rules.lists()).allMatch(RuleList::used);
  }

  /** As in Falco, which puts in the items as written, and only once. */
  @Test
  void listsOfListsOfListsKeepAName() {
    RuleSet rules =
        rules(
            """
            - {list: l1, items: [a, b]}
            - {list: l2, items: [l1, c]}
            - {list: l3, items: [l2, d]}
            """
                + rule("r", "evt.type=open and proc.name in (l3)"));
    assertThat(condition(rules, "r")).isEqualTo("(evt.type = open and proc.name in (l1, c, d))");
  }

  @Test
  void macrosSeeOnlyThoseBeforeThem() {
    String early = "- {macro: m, condition: n}\n";
    String late = "- {macro: n, condition: evt.type = open}\n";
    assertThat(load(early + late).reports().get(0).errors().get(0).message())
        .isEqualTo("Undefined macro 'n' used in filter.");
    RuleSet rules =
        rules(
            "- {macro: m, condition: proc.pid > 1}\n"
                + late
                + "- {macro: m, condition: and n, override: {condition: append}}\n"
                + rule("r", "m"));
    assertThat(condition(rules, "r")).isEqualTo("(proc.pid > 1 and evt.type = open)");
  }

  @Test
  void rulesOfOneFileSeeNothingOfTheNext() {
    LoadResult result = load(rule("r", "m"), "- {macro: m, condition: evt.type = open}\n");
    assertThat(result.reports()).hasSize(1);
    assertThat(result.rules()).isEmpty();
    LoadResult validation =
        load(OPTIONS.forValidation(), rule("r", "m"), "- {macro: m, condition: evt.type = open}\n");
    assertThat(validation.reports()).hasSize(2);
    assertThat(validation.reports().get(1).isSuccessful()).isTrue();
    assertThat(validation.isSuccessful()).isFalse();
  }

  @Test
  void exceptionsBecomePartOfTheCondition() {
    RuleSet rules =
        rules(
            """
            - rule: r
              desc: d
              condition: evt.type=open or evt.type=close
              output: o
              priority: INFO
              exceptions:
              - {name: one, fields: proc.name, values: [a, b c]}
              - name: two
                fields: [proc.name, fd.name]
                comps: [in, startswith]
                values: [[[x, y], /etc], [z, "/a b"]]
              - {name: three, fields: [proc.pname], values: []}
              - {name: four, fields: proc.name, comps: startswith oneof, values: [x, y]}
              - {name: five, fields: [proc.pid]}
            - rule: r
              exceptions: [{name: five, values: [["5"]]}]
              override: {exceptions: append}
            """);
    assertThat(condition(rules, "r"))
        .isEqualTo(
            "((evt.type = open or evt.type = close)"
                + " and not proc.name in (a, \"b c\")"
                + " and not ((proc.name in (x, y) and fd.name startswith /etc)"
                + " or (proc.name in (z) and fd.name startswith \"/a b\"))"
                + " and not proc.name startswith oneof (x, y)"
                + " and not proc.pid = 5)");
    assertThat(rules.details(rules.find("r").orElseThrow()).exceptionFields())
        .containsExactlyInAnyOrder("proc.name", "fd.name", "proc.pid");
  }

  private static final OutputMatch SYSCALLS =
      new OutputMatch(Optional.of("syscall"), Set.of(), Optional.empty());

  @Test
  void extraFieldsMustBeOutputsThatExist() {
    ExtraField good = ExtraField.formatted(SYSCALLS, "up", "%toupper(proc.name) runs");
    LoadOptions options = OPTIONS.withExtras(List.of(), List.of(good));
    assertThat(load(options, rule("r", "evt.type=open")).rules()).isPresent();
    ExtraField bad = ExtraField.raw(SYSCALLS, "proc.nmae");
    LoadResult result =
        load(OPTIONS.withExtras(List.of(), List.of(bad)), rule("r", "evt.type=open"));
    assertThat(result.rules()).isEmpty();
    ExtraField elsewhere =
        ExtraField.raw(
            new OutputMatch(Optional.empty(), Set.of(), Optional.of("other")), "proc.nmae");
    assertThat(
            load(OPTIONS.withExtras(List.of(), List.of(elsewhere)), rule("r", "evt.type=open"))
                .rules())
        .isPresent();
  }

  @Test
  void extraOutputsAreAppended() {
    ExtraOutput all = new ExtraOutput(SYSCALLS, "id=%container.id");
    ExtraOutput other =
        new ExtraOutput(
            new OutputMatch(Optional.empty(), Set.of("nope"), Optional.empty()), "never");
    LoadResult result =
        load(OPTIONS.withExtras(List.of(all, other), List.of()), rule("r", "evt.type=open"));
    RuleSet rules = result.rules().orElseThrow();
    Rule rule = rules.find("r").orElseThrow();
    assertThat(rules.details(rule).compiledOutput()).isEqualTo("o id=%container.id");
    assertThat(rule.output()).isEqualTo("o");
  }

  @Test
  void engineVersions() {
    assertThat(rules("- required_engine_version: 31\n").requiredEngineVersion())
        .isEqualTo(new Version(0, 31, 0));
    assertThat(
            rules("- required_engine_version: 0.57.0\n", "- required_engine_version: '9'\n")
                .requiredEngineVersion())
        .isEqualTo(new Version(0, 57, 0));
  }

  @Test
  void pluginVersions() {
    String container = "- required_plugin_versions: [{name: container, version: %s}]\n";
    assertThat(load(String.format(container, "0.4.0")).isSuccessful()).isTrue();
    assertThat(load(String.format(container, "0.7.0")).isSuccessful()).isTrue();
    assertThat(load(String.format(container, "0.8.0")).failure().orElseThrow().message())
        .isEqualTo(
            "Plugin 'container' version '0.7.1' is not compatible with required plugin version"
                + " '0.8.0'");
    LoadResult missing =
        load(
            """
            - required_plugin_versions:
              - {name: foo, version: 1.0.0, alternatives: [{name: bar, version: 0.1.0}]}
            """);
    assertThat(missing.failure().orElseThrow().message())
        .isEqualTo(
            "Plugin requirement not satisfied, must load one of: foo (>= 1.0.0), bar (>= 0.1.0)");
    assertThat(missing.rules()).isEmpty();
  }

  @Test
  void searchForEventsMayFail() {
    LoadResult result = load(rule("r", "tolower(evt.type) = open"));
    assertThat(result.failure().orElseThrow())
        .isEqualTo(
            new LoadResult.Failure(
                LoadResult.Failure.Kind.EVENT_SEARCH,
                "event code search does not support `evt.type` checks with transformers"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          evt.type=open and proc.pid contains 5 | LOAD_ERR_COMPILE_CONDITION
          evt.type=open and foo.bar = 1 | LOAD_UNKNOWN_FILTER
          evt.type=opne | LOAD_UNKNOWN_FILTER
          """)
  void skipsRulesWithUnknownFields(String condition, IssueCode code) {
    LoadResult result =
        load(
            rule("r", condition).replace("}\n", ", skip-if-unknown-filter: true}\n")
                + rule("s", "evt.type=open"));
    Issue issue = result.reports().get(0).issues().get(0);
    assertThat(issue.code()).isEqualTo(code);
    assertThat(result.isSuccessful()).isEqualTo(!issue.isError());
    result
        .rules()
        .ifPresent(
            rules -> assertThat(rules.rules().stream().map(Rule::name)).containsExactly("s"));
  }

  @Test
  void severalDocumentsAnchorsAndStyles() {
    RuleSet rules =
        rules(
            """
            ---
            - &list
              list: l
              items: &items [a]
            ---
            -
            - {list: k, items: [b]}
            - macro: m
              condition: >
                proc.name in (l)
                and proc.name in (k)
            - rule: "r"
              desc: |
                two
                lines
              condition: m and evt.type = open
              output: o
              priority: Informational
            """);
    assertThat(condition(rules, "r"))
        .isEqualTo("((proc.name in (a) and proc.name in (b)) and evt.type = open)");
    assertThat(rules("").rules()).isEmpty();
  }

  @Test
  void nothingCountsBehindAnEmptyDocument() {
    RuleSet rules = rules("- {list: l, items: [a]}\n---\n# empty\n---\n- {list: k, items: [b]}\n");
    assertThat(rules.lists().stream().map(RuleList::name)).containsExactly("l");
  }

  @Test
  void noFilesAreNoRules() {
    assertThat(load().rules().orElseThrow().rules()).isEmpty();
  }
}
