package io.jfalco.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.field.FieldCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parser and compiler together take and refuse what Falco takes and refuses. */
class CheckedConditionsTest {
  private final ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());

  static Stream<CheckedConditions.Row> accepted() {
    return CheckedConditions.rows(List.of("ok", "runtime"));
  }

  static Stream<CheckedConditions.Row> refused() {
    return CheckedConditions.rows(List.of("syntax", "error"));
  }

  private Condition compile(String condition) throws ConditionException {
    return compiler.compile(ConditionParser.parse(condition + "\n"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void accepts(CheckedConditions.Row row) throws ConditionException {
    assertThat(compile(row.condition())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(CheckedConditions.Row row) {
    assertThat(catchThrowableOfType(ConditionException.class, () -> compile(row.condition())))
        .hasMessage(row.text());
  }
}
