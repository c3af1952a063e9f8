package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.EventType;
import io.jfalco.field.FieldCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypeFoldingTest {
  private static Condition compile(String text) throws ConditionException {
    return new ConditionCompiler(FieldCatalog.standard()).compile(ConditionParser.parse(text));
  }

  private static boolean isNever(String text, EventType type) throws ConditionException {
    return EventTypeFolding.isNever(new EventTypeFolding().fold(compile(text), type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evt.type = read | true",
        "evt.type = openat | false",
        "evt.type = read and proc.name = cat | true",
        "not evt.type in (openat, open) and proc.name = cat | true",
        "not evt.type in (read, write) and proc.name = cat | false",
        "not (evt.type = openat or proc.name = cat) | true",
        "(evt.type = read and proc.name = a) or (evt.type != openat and proc.name = b) | true",
        "(evt.type = read and proc.name = a) or (evt.type = openat and proc.name = b) | false",
      })
  void findsWhatNoOpenCanSatisfy(String text, boolean never) throws ConditionException {
    assertThat(isNever(text, EventType.SYSCALL_OPENAT_2_X)).isEqualTo(never);
  }

  @ParameterizedTest
  @CsvSource({"GENERIC_X, getpid", "ASYNCEVENT_E, container"})
  void namesThatTheEventTellsStayOpen(EventType type, String name) throws ConditionException {
    assertThat(isNever("evt.type = " + name, type)).isFalse();
    assertThat(isNever("evt.type = openat", type)).isFalse();
  }

  @Test
  void conditionsWithoutEventTypesStayTheSame() throws ConditionException {
    Condition condition = compile("proc.name = cat and not (fd.num = 3 or fd.name = /etc)");
    assertThat(new EventTypeFolding().fold(condition, EventType.SYSCALL_READ_X))
        .isSameAs(condition);
  }
}
