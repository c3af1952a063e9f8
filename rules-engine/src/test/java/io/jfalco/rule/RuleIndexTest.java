package io.jfalco.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.check.EventTypes;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.field.TestHost;
import io.jfalco.rule.RuleIndex.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleIndexTest {
  private static final Condition ALWAYS = context -> true;

  private final List<Rule> rules = new ArrayList<>();

  private void add(String name, String condition, Condition compiled) throws Exception {
    add(name, condition, compiled, Priority.NOTICE, true);
  }

  private void add(
      String name, String condition, Condition compiled, Priority priority, boolean enabled)
      throws Exception {
    Expr expression = ConditionParser.parse(condition);
    EventTypes events = EventTypes.of(expression).withAsync();
    rules.add(
        new Rule(
            rules.size(),
            name,
            "d",
            "syscall",
            priority,
            enabled,
            List.of(),
            "o",
            expression,
            compiled,
            null,
            events.types(),
            events.syscalls()));
  }

  private RuleIndex index(Matching matching) {
    RuleSet set =
        new RuleSet(
            rules, Map.of(), List.of(), List.of(), new Version(0, 0, 0), List.of(), List.of());
    return RuleIndex.of(set, "syscall", Priority.NOTICE, matching);
  }

  private List<String> matches(Matching matching, EventBuilder event) {
    List<String> names = new ArrayList<>();
    index(matching).match(new TestHost().apply(event), (rule, c) -> names.add(rule.name()));
    return names;
  }

  @Test
  void testsTheRulesOfTheEventInOrder() throws Exception {
    add("openat", "evt.type = openat", ALWAYS);
    add("unlink", "evt.type = unlink", ALWAYS);
    add("never", "evt.type in (openat, unlink)", context -> false);
    add("both", "evt.type in (openat, unlink)", ALWAYS);
    EventBuilder openat = TestHost.openat(3, "/etc/passwd", 1);
    EventBuilder unlink = TestHost.unlink(0, "/tmp/x");
    assertThat(matches(Matching.ALL, openat)).containsExactly("openat", "both");
    assertThat(matches(Matching.FIRST, openat)).containsExactly("openat");
    assertThat(matches(Matching.FIRST, unlink)).containsExactly("unlink");
    assertThat(matches(Matching.ALL, TestHost.read(3, "x"))).isEmpty();
  }

  @Test
  void genericEventsAreIndexedBySystemCall() throws Exception {
    int getpid = EventTable.syscall("getpid").orElseThrow().code();
    int gettid = EventTable.syscall("gettid").orElseThrow().code();
    List<String> tested = new ArrayList<>();
    add("getpid", "evt.type = getpid", context -> tested.add("getpid"));
    add("all", "proc.pid = 1", context -> tested.add("all"));
    add("not", "evt.type != getpid", context -> tested.add("not"));
    matches(Matching.ALL, TestHost.generic(getpid));
    assertThat(tested).containsExactly("getpid", "all");
    tested.clear();
    matches(Matching.ALL, TestHost.generic(gettid));
    assertThat(tested).containsExactly("all");
  }

  @Test
  void leavesOutWhatIsOffOrNotSevere() throws Exception {
    add("off", "evt.type = open", ALWAYS, Priority.ALERT, false);
    add("low", "evt.type = open", ALWAYS, Priority.INFORMATIONAL, true);
    add("on", "evt.type = open", ALWAYS, Priority.NOTICE, true);
    RuleIndex index = index(Matching.ALL);
    assertThat(index.rules().stream().map(Rule::name)).containsExactly("on");
    assertThat(index.eventTypes())
        .containsExactlyInAnyOrder(
            EventType.SYSCALL_OPEN_E, EventType.SYSCALL_OPEN_X, EventType.ASYNCEVENT_E);
    assertThat(index.syscalls().cardinality()).isEqualTo(1);
    assertThat(index.syscalls().get(EventTable.syscall("open").orElseThrow().code())).isTrue();
  }
}
