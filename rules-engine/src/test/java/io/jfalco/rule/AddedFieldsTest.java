package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.alert.Priority;
import io.jfalco.condition.ConditionException;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.Bytes;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamType;
import io.jfalco.event.PrintFormat;
import io.jfalco.field.Extractor;
import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFamily;
import io.jfalco.field.FieldFlag;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fields, sources and events that plugins bring at run time: rules on them load and fire. */
class AddedFieldsTest {
  private static final String SOURCE = "k8s_audit";
  private static final FieldCatalog CATALOG =
      FieldCatalog.standard().with(fields()).withAsyncEvents(Set.of("audit_lost"));

  private static final String RULES =
      """
      - rule: secret read
        desc: d
        source: k8s_audit
        condition: ka.verb = get and ka.target[kind] in (secrets, tokens)
        output: "%ka.verb %ka.target[name] %ka.target[none]"
        priority: WARNING
      - rule: of another source
        desc: d
        condition: evt.type = read
        output: o
        priority: WARNING
      """;

  /** Events of this made-up plugin hold one "key=value" in each line. */
  private static List<Field> fields() {
    FieldFamily family = new FieldFamily(SOURCE, "", "Audit log.", List.of(SOURCE), false);
    Field verb =
        new Field(
            "ka.verb",
            ParamType.CHARBUF,
            PrintFormat.NA,
            Set.of(FieldFlag.PLUGIN),
            family,
            "what was asked for.",
            argument -> line("verb"));
    Field target =
        new Field(
            "ka.target",
            ParamType.CHARBUF,
            PrintFormat.NA,
            Set.of(FieldFlag.PLUGIN, FieldFlag.ARG_REQUIRED, FieldFlag.ARG_KEY),
            family,
            "a property of the target.",
            argument -> line(argument.orElseThrow()));
    return List.of(verb, target);
  }

  private static Extractor line(String key) {
    Bytes data = new Bytes();
    return (context, out) -> {
      if (context.event().type() != EventType.PLUGINEVENT_E || !context.event().bytes(1, data)) {
        return false;
      }
      for (String line : data.toString().split("\n", -1)) {
        if (line.startsWith(key + "=")) {
          out.addText().append(Bytes.of(line.substring(key.length() + 1)));
          return true;
        }
      }
      return false;
    };
  }

  private static EventContext event(String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return new TestHost().apply(EventBuilder.of(EventType.PLUGINEVENT_E).number(1).bytes(bytes));
  }

  @Test
  void rulesOfTheSourceFire() {
    LoadOptions options =
        LoadOptions.of(FieldCatalog.standard())
            .withPlugin(
                new Plugin(
                    "audit", "0.1.0", Optional.of(SOURCE), Set.of(), Set.of("ka.verb"), Set.of()),
                CATALOG);
    LoadResult result =
        RuleLoader.load(
            List.of(new RuleFile("rules.yaml", RULES.getBytes(StandardCharsets.UTF_8))), options);
    assertThat(result.failure()).isEmpty();
    RuleIndex index =
        RuleIndex.of(result.rules().orElseThrow(), SOURCE, Priority.DEBUG, RuleIndex.Matching.ALL);
    List<String> alerts = new ArrayList<>();
    index.match(
        event("verb=get\nkind=secrets\nname=web"),
        (rule, context) -> alerts.add(rule.template().message(context)));
    index.match(event("verb=list\nkind=secrets"), (rule, context) -> alerts.add("a wrong match"));
    assertThat(alerts).containsExactly("get web <NA>");
  }

  private static boolean test(String condition, EventContext context) throws ConditionException {
    return new ConditionCompiler(CATALOG).compile(ConditionParser.parse(condition)).test(context);
  }

  @Test
  void otherEventsHaveNoValue() throws ConditionException {
    EventContext read = new TestHost().apply(TestHost.read(3, "x"));
    assertThat(test("ka.verb exists or ka.target[kind] != x", read)).isFalse();
    assertThat(test("proc.name exists and not ka.verb = get", read)).isTrue();
  }

  @Test
  void asynchronousEventsCanBeNamed() throws ConditionException {
    EventContext read = new TestHost().apply(TestHost.read(3, "x"));
    assertThat(test("evt.type in (audit_lost, container)", read)).isFalse();
    assertThat(problem("evt.type = audit_found")).isEqualTo("unknown event type audit_found");
  }

  @Test
  void argumentsAreChecked() {
    assertThat(problem("ka.target = x"))
        .isEqualTo("filter 'ka.target': ka.target requires an argument but none provided");
    assertThat(problem("ka.verb[x] = y"))
        .isEqualTo(
            "filter 'ka.verb[x]': ka.verb does not allow nor require an argument but one is"
                + " provided: x");
    assertThat(problem("ka.other = x"))
        .isEqualTo("filter_check called with nonexistent field ka.other");
  }

  private static String problem(String condition) {
    return catchThrowableOfType(
            ConditionException.class, () -> test(condition, event("verb=create")))
        .getMessage();
  }
}
