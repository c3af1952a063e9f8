package io.jfalco.condition.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jfalco.condition.CheckedConditions;
import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionParserTest {
  static Stream<CheckedConditions.Row> accepted() {
    return CheckedConditions.rows(List.of("ok", "error", "runtime"));
  }

  static Stream<CheckedConditions.Row> refused() {
    return CheckedConditions.rows(List.of("syntax"));
  }

  @Test
  void tableIsComplete() {
    assertThat(CheckedConditions.rows()).hasSizeGreaterThan(800);
    assertThat(refused()).hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void printsAsFalco(CheckedConditions.Row row) throws ConditionException {
    String printed = AstPrinter.print(ConditionParser.parse(row.condition() + "\n"));
    if (row.result().equals("ok")) {
      assertThat(printed).isEqualTo(row.text());
    } else {
      assertThat(printed).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAsFalco(CheckedConditions.Row row) {
    assertThat(error(row.condition() + "\n")).hasMessage(row.text());
  }

  private static ConditionException error(String condition) {
    return catchThrowableOfType(ConditionException.class, () -> ConditionParser.parse(condition));
  }

  /** Message and column of mistakes that the table has not. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          proc.name = a and => 18 => expected blank or '(' after 'and'
          proc.name = a orproc.pid = 1 => 17 => expected blank or '(' after 'or'
          a or(b) and c => 9 => unexpected token after ')', expecting 'or', 'and'
          proc.name = a) => 14 => unexpected token after 'a', expecting 'or', 'and'
          (proc.name = a => 15 => expected a ')' token
          proc.env[a b] = x => 11 => expected a ']' token
          proc.env[] = x => 10 => expected a valid field argument: a quoted string or a bare string
          proc.aname [2] = x => 12 => expected a valid check operator
          proc.name containsx a => 11 => expected a valid check operator
          proc.name = oneof (a) b => 23 => unexpected token after ')', expecting 'or', 'and'
          proc.name =oneof (a) => 18 => unexpected token after 'oneof', expecting 'or', 'and'
          proc.name in /etc => 14 => expected a list, an identifier, or a field
          proc.name in ("a" "b") => 19 => expected a ')' token
          proc.name = "a\\x" and => 18 => unsupported string escape sequence: \\x
          tolower(5 6) = a => 11 => expected a ')' token closing the transformer
          tolower() = a => 9 => expected field transformer argument
          join(",", ([)) = a => 12 => expected transformer list argument
          join(",", (a.b c)) = a => 16 => expected ')'
          proc.name = val(proc.pname => 27 => expected a ')' token closing the transformer
          """)
  void refuses(String condition, int column, String message) {
    ConditionException error = error(condition);
    assertThat(error).hasMessageStartingWith(message);
    assertThat(error.position()).isEqualTo(new Position(column - 1, 1, column));
  }

  /** What a reader might not expect, and its printed form. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          proc.pid>=5 => proc.pid >= 5
          proc.pid>=5and a => (proc.pid >= 5 and a)
          proc.name=a => proc.name = a
          proc.name = >5 => proc.name = >5
          proc.name inlist => proc.name in list
          proc.name existsand a => (proc.name exists and a)
          proc.name in(a,b) => proc.name in (a, b)
          and and or or in => ((and and or) or in)
          not not not a => not a
          not not(a) => a
          not (a or b) and c => (not (a or b) and c)
          a or b and c => (a or (b and c))
          a and (b and c) => (a and (b and c))
          a and b and c => (a and b and c)
          proc.name contains oneof (a, "b c") => proc.name contains oneof (a, "b c")
          proc.name = anyof names => proc.name = anyof names
          proc.name = anyof\b(a, b) => proc.name = anyof (a, b)
          proc.name = allof and a => (proc.name = allof and a)
          proc.name = oneof => proc.name = oneof
          proc.name = in => proc.name = in
          fd.name startswith /a[1]{2}<3>* => fd.name startswith /a[1]{2}<3>*
          getopt(proc.args, "a:")[a] = x => getopt(proc.args,a:)[a] = x
          proc.env["A B"] = val(proc.env[C]) => proc.env["A B"] = val(proc.env[C])
          proc.pid > val(proc.ppid) => proc.pid > val(proc.ppid)
          evt.rawres > -1e+3 => evt.rawres > -1e+3
          proc.name in ("大", 小) => proc.name in (大, 小)
          proc.name = '"47.240.167.128"' => proc.name = "\\"47.240.167.128\\""
          concat(5, proc.name, "x") in (a) => concat(5,proc.name,x) in (a)
          """)
  void reads(String condition, String printed) throws ConditionException {
    assertThat(AstPrinter.print(ConditionParser.parse(condition))).isEqualTo(printed);
  }

  @Test
  void buildsTheTree() throws ConditionException {
    Expr expression = ConditionParser.parse("  proc.aname[2] in (a, 'b')\n and not m");
    Operand.Field field = new Operand.Field("proc.aname", Optional.of("2"), new Position(2, 1, 3));
    Operand.ListOf list =
        new Operand.ListOf(
            List.of(
                new Operand.Literal("a", false, new Position(20, 1, 21)),
                new Operand.Literal("b", true, new Position(23, 1, 24))),
            new Position(19, 1, 20));
    assertThat(expression)
        .isEqualTo(
            new Expr.And(
                List.of(
                    new Expr.Comparison(
                        field, Operator.IN, Modifier.NONE, list, new Position(2, 1, 3)),
                    new Expr.Not(
                        new Expr.MacroRef("m", new Position(37, 2, 10)), new Position(33, 2, 6))),
                new Position(2, 1, 3)));
  }

  @Test
  void placesCountBytes() {
    ConditionException error = error("proc.name = \"大😀小\" )");
    assertThat(error.position()).isEqualTo(new Position(25, 1, 26));
  }

  @Test
  void emptyTextIsRefused() {
    assertThat(error("")).hasMessage("filter input string is empty");
    assertThat(error(" \n")).hasMessageStartingWith("expected a '(' token, a field check");
  }

  @Test
  void nestingEndsAtTheLimit() throws ConditionException {
    int depth = ConditionParser.MAX_DEPTH;
    assertThat(AstPrinter.print(ConditionParser.parse(nested("(", depth)))).isEqualTo("m");
    String nots = AstPrinter.print(ConditionParser.parse(nested("a or not(b and(", depth / 2)));
    assertThat(nots).startsWith("(a or not (b and (a or not (b");
    assertThat(error(nested("(", depth + 1))).hasMessage("exceeded max depth limit of 1000");
    assertThat(error("(".repeat(1_000_000))).hasMessage("exceeded max depth limit of 1000");
    assertThat(error("tolower(".repeat(100_000))).hasMessage("exceeded max depth limit of 1000");
  }

  private static String nested(String open, int times) {
    int closes = times * (int) open.chars().filter(c -> c == '(').count();
    return open.repeat(times) + "m" + ")".repeat(closes);
  }

  @Test
  void takesTimeInProportion() {
    String many = "proc.name in (a, b, \"c d\") and not fd.name = x or ".repeat(5_000) + "m";
    String nots = "not ".repeat(100_000) + "m";
    String quotes = "proc.name in (\"" + "\\\"".repeat(100_000);
    String blanks = "proc.name = oneof" + " ".repeat(200_000) + "x y";
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertThat(((Expr.Or) ConditionParser.parse(many)).operands()).hasSize(5_001);
          assertThat(ConditionParser.parse(nots)).isInstanceOf(Expr.MacroRef.class);
          assertThat(error(quotes)).hasMessage("expected a ')' token");
          assertThat(error(blanks)).hasMessageStartingWith("unexpected token after 'x'");
        });
  }
}
