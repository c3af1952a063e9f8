package io.jfalco.condition.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.ParamType;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.TestHost;
import io.jfalco.state.EventContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator on every type that it fits: a check that holds, one that does not, and neither of
 * them without a value.
 */
class OperatorTableTest {
  private static final FieldCatalog CATALOG = TypedFields.catalog();

  /** A row for one of its types; {@code @} in the check is the field, {@code &} another one. */
  record Row(boolean list, ParamType type, String check, boolean expected) {
    String text(char left, char right) {
      return check
          .replace("@", TypedFields.name(left, list, type))
          .replace("&", TypedFields.name(right, list, type));
    }

    @Override
    public String toString() {
      return text('x', 'y');
    }
  }

  static List<Row> rows() throws IOException {
    try (InputStream in = OperatorTableTest.class.getResourceAsStream("operators.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(OperatorTableTest::rows)
          .toList();
    }
  }

  private static Stream<Row> rows(String line) {
    String[] cells = line.split("\t", -1);
    boolean list = cells[0].startsWith("list ");
    return Stream.of(cells[0].replace("list ", "").split(" "))
        .map(
            type ->
                new Row(list, ParamType.valueOf(type), cells[1], Boolean.parseBoolean(cells[2])));
  }

  private static boolean test(String check) throws ConditionException {
    EventContext context = new TestHost().apply(TestHost.read(3, "x"));
    return new ConditionCompiler(CATALOG).compile(ConditionParser.parse(check)).test(context);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void holdsAsTheTableSays(Row row) throws ConditionException {
    assertThat(test(row.text('x', 'y'))).isEqualTo(row.expected());
    assertThat(test("not " + row.text('x', 'y'))).isEqualTo(!row.expected());
    assertThat(test(row.text('z', 'z'))).as("without a value").isFalse();
    if (row.check().startsWith("@") && row.check().contains("&")) {
      assertThat(test(row.text('x', 'z'))).as("without a value on the right").isFalse();
    }
  }

  /** An operator, a modifier and a type, as one text. */
  private static String pair(Expr.Comparison check, boolean list, ParamType type) {
    return pair(check.operator(), check.modifier(), list, type);
  }

  private static String pair(Operator operator, Modifier modifier, boolean list, ParamType type) {
    return (list ? "list " : "") + type + " " + operator.symbol() + " " + modifier.word();
  }

  @Test
  void everyPairHasBoth() throws IOException, ConditionException {
    Set<String> holds = new TreeSet<>();
    Set<String> fails = new TreeSet<>();
    for (Row row : rows()) {
      if (ConditionParser.parse(row.toString()) instanceof Expr.Comparison check) {
        (row.expected() ? holds : fails).add(pair(check, row.list(), row.type()));
      }
    }
    Set<String> allowed = new TreeSet<>(allowed());
    assertThat(holds).containsExactlyInAnyOrderElementsOf(allowed);
    assertThat(fails).containsExactlyInAnyOrderElementsOf(allowed);
  }

  /** All that can be written and that the compiler does not refuse. */
  private static List<String> allowed() {
    List<String> allowed = new ArrayList<>();
    for (ParamType type : ParamType.values()) {
      for (boolean list : new boolean[] {false, true}) {
        for (Operator operator : Operator.values()) {
          for (Modifier modifier : Modifier.values()) {
            boolean written =
                modifier == Modifier.NONE
                    || !operator.isOrder() && !operator.isList() && hasConstants(type);
            if (written && fits(operator, modifier, list, type)) {
              allowed.add(pair(operator, modifier, list, type));
            }
          }
        }
      }
    }
    return allowed;
  }

  /** False for types of which no constant can be read, so that modifiers have nothing to count. */
  private static boolean hasConstants(ParamType type) {
    return type != ParamType.SYSCALLID && type != ParamType.SIGTYPE;
  }

  /** True when an empty list of constants compiles: only the operator can be wrong then. */
  private static boolean fits(Operator operator, Modifier modifier, boolean list, ParamType type) {
    Expr check =
        new Expr.Comparison(
            new Operand.Field(TypedFields.name('x', list, type), Optional.empty(), Position.START),
            operator,
            modifier,
            new Operand.ListOf(List.of(), Position.START),
            Position.START);
    ConditionException problem =
        catchThrowableOfType(
            ConditionException.class, () -> new ConditionCompiler(CATALOG).compile(check));
    if (problem != null) {
      assertThat(problem).hasMessageContaining("not supported");
    }
    return problem == null;
  }

  @Test
  void existsFitsAll() throws ConditionException {
    for (ParamType type : ParamType.values()) {
      for (boolean list : new boolean[] {false, true}) {
        assertThat(test(TypedFields.name('x', list, type) + " exists")).isTrue();
        assertThat(test(TypedFields.name('z', list, type) + " exists")).isFalse();
      }
    }
  }
}
