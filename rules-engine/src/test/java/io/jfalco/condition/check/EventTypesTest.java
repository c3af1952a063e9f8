package io.jfalco.condition.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jfalco.condition.CheckedConditions;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {
  static Stream<CheckedConditions.Row> accepted() {
    return CheckedConditions.rows(List.of("ok"));
  }

  static Stream<CheckedConditions.Row> refused() {
    return CheckedConditions.rows(List.of("runtime"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void findsFalcosEvents(CheckedConditions.Row row) throws Exception {
    Set<String> names = events(row.condition()).withAsync().names();
    if (Character.isDigit(row.events().charAt(0))) {
      assertThat(names).hasSize(Integer.parseInt(row.events()));
    } else {
      assertThat(names).containsExactlyInAnyOrder(row.events().split(","));
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatFalcoRefuses(CheckedConditions.Row row) {
    assertThatThrownBy(() -> events(row.condition()))
        .isInstanceOf(EventSearchException.class)
        .hasMessage(row.text());
  }

  private static EventTypes events(String condition) throws Exception {
    return EventTypes.of(ConditionParser.parse(condition));
  }

  @Test
  void namesStandForAllVersionsOfTheirEvents() throws Exception {
    assertThat(events("evt.type in (execve)").types())
        .contains(EventType.SYSCALL_EXECVE_8_X, EventType.SYSCALL_EXECVE_19_X)
        .doesNotContain(EventType.SYSCALL_EXECVEAT_X);
    assertThat(syscalls("evt.type in (execve)")).containsExactly("execve");
  }

  @Test
  void systemCallsWithoutOwnTypeAreGenericEvents() throws Exception {
    EventTypes events = events("evt.type in (getpid, open) and proc.name = x");
    assertThat(events.types())
        .containsExactlyInAnyOrder(
            EventType.GENERIC_E,
            EventType.GENERIC_X,
            EventType.SYSCALL_OPEN_E,
            EventType.SYSCALL_OPEN_X);
    assertThat(syscalls("evt.type in (getpid, open) and proc.name = x"))
        .containsExactlyInAnyOrder("getpid", "open");
    assertThat(events("not evt.type = getpid").types())
        .doesNotContain(EventType.GENERIC_E, EventType.GENERIC_X)
        .hasSize(EventTable.events().size() - 2);
  }

  @Test
  void negationsReachTheChecks() throws Exception {
    assertThat(events("not (evt.type != open or evt.type != open)"))
        .isEqualTo(events("evt.type = open"));
    assertThat(events("not (not evt.type = open and not evt.type = close)"))
        .isEqualTo(events("evt.type in (open, close)"));
    assertThat(events("not (evt.type exists)").types()).isEmpty();
    assertThat(events("evt.type = oneof (open, close)")).isEqualTo(events("proc.name = x"));
  }

  private static Set<String> syscalls(String condition) throws Exception {
    EventTypes events = events(condition);
    return EventTable.syscalls().stream()
        .filter(syscall -> events.syscalls().get(syscall.code()))
        .map(Syscall::name)
        .collect(Collectors.toSet());
  }
}
