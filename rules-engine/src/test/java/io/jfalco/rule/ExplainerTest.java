package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.compile.TestEvents;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations name what a reader of the rules file knows: macros, lists, exceptions, values. */
class ExplainerTest {
  private static final String RULES =
      """
      - list: readers
        items: [cat, less]
      - list: friends
        items: ["my cat", cat]
      - macro: reading
        condition: (evt.type = read and fd.num >= 0)
      - macro: reader
        condition: reading and proc.name in (readers, more)
      - rule: Shadow
        desc: d
        condition: reader and (fd.name = /etc/passwd or fd.name startswith /etc/sh) and not fd.sport exists
        output: o
        priority: INFO
        exceptions:
          - name: unused
            fields: proc.pname
          - name: users
            fields: [user.name, proc.pname]
            comps: ['=', in]
            values:
              - [alice, [bash, sh]]
          - name: programs
            fields: proc.name
            values: [friends]
      """;

  private static Explanation explain(EventContext context) {
    FieldCatalog catalog = FieldCatalog.standard();
    LoadResult loaded =
        RuleLoader.load(
            List.of(new RuleFile("test.yaml", RULES.getBytes(StandardCharsets.UTF_8))),
            LoadOptions.of(catalog));
    RuleSet rules =
        loaded.rules().orElseThrow(() -> new AssertionError(loaded.reports().get(0).issues()));
    Rule rule = rules.find("Shadow").orElseThrow();
    Explanation explanation = new Explainer(rules, catalog).explain(rule, context);
    context.nextEvaluation();
    assertThat(explanation.result()).isEqualTo(rule.condition().test(context));
    return explanation;
  }

  private static String tree(Explanation part, String indent) {
    StringBuilder out = new StringBuilder(indent);
    out.append(part.result() ? "+ " : "- ").append(part.kind()).append(' ').append(part.text());
    part.value().ifPresent(value -> out.append(" value=").append(value));
    part.lists().forEach(list -> out.append(" list=").append(list));
    part.exception().ifPresent(name -> out.append(" exception=").append(name));
    out.append(" @").append(part.position().index()).append('\n');
    part.parts().forEach(each -> out.append(tree(each, indent + "  ")));
    return out.toString();
  }

  @Test
  void tellsWhichExceptionKeptARuleFromMatching() {
    assertThat(tree(explain(new TestHost().apply(TestHost.read(3, "x"))), ""))
        .isEqualTo(
            """
            - AND ((reader and (fd.name = /etc/passwd or fd.name startswith /etc/sh) and not fd.sport exists) and not (user.name = alice and proc.pname in (bash, sh)) and not proc.name in ("my cat", cat)) @0
              + AND (reader and (fd.name = /etc/passwd or fd.name startswith /etc/sh) and not fd.sport exists) @1
                + MACRO reader @1
                  + AND (reading and proc.name in (cat, less, more)) @0
                    + MACRO reading @0
                      + AND (evt.type = read and fd.num >= 0) @1
                        + CHECK evt.type = read value=read @1
                        + CHECK fd.num >= 0 value=3 @21
                    + CHECK proc.name in (cat, less, more) value=cat list=readers @12
                + OR (fd.name = /etc/passwd or fd.name startswith /etc/sh) @13
                  - CHECK fd.name = /etc/passwd value=/etc/shadow @13
                  + CHECK fd.name startswith /etc/sh value=/etc/shadow @38
                + NOT not fd.sport exists @70
                  - CHECK fd.sport exists @74
              - NOT not (user.name = alice and proc.pname in (bash, sh)) exception=users @95
                + AND (user.name = alice and proc.pname in (bash, sh)) @102
                  + CHECK user.name = alice value=alice @102
                  + CHECK proc.pname in (bash, sh) value=bash @125
              - NOT not proc.name in ("my cat", cat) exception=programs @156
                + CHECK proc.name in ("my cat", cat) value=cat list=friends @161
            """);
  }

  @Test
  void missingValuesAreNone() {
    Explanation explanation = explain(new TestHost().apply(TestHost.unlink(0, "/x")));
    Explanation name = explanation.parts().get(0).parts().get(1).parts().get(0);
    assertThat(name.text()).isEqualTo("fd.name = /etc/passwd");
    assertThat(name.result()).isFalse();
    assertThat(name.value()).isEmpty();
  }

  /** On all shipped rules, explanations end with what the compiled conditions say. */
  @Test
  void agreesWithTheCompiledConditions() throws IOException {
    FieldCatalog catalog = FieldCatalog.standard();
    Path file = Path.of("../etc/falco/falco_rules.yaml");
    LoadResult loaded =
        RuleLoader.load(
            List.of(new RuleFile("falco_rules.yaml", Files.readAllBytes(file))),
            LoadOptions.of(catalog));
    RuleSet rules = loaded.rules().orElseThrow();
    Explainer explainer = new Explainer(rules, catalog);
    for (String event : TestEvents.NAMES) {
      EventContext context = TestEvents.apply(event, new TestHost());
      for (Rule rule : rules.rules()) {
        boolean explained = explainer.explain(rule, context).result();
        assertThat(explained).as(rule.name()).isEqualTo(rule.condition().test(context));
      }
    }
  }
}
