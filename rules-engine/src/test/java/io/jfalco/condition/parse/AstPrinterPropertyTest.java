package io.jfalco.condition.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is printed parses to the same tree (positions and quotes aside). */
class AstPrinterPropertyTest {
  private static final Position AT = Position.START;
  private static final List<String> NAMES = List.of("tolower", "toupper", "basename", "len");

  @Property(tries = 500)
  void printedConditionsParseToThemselves(@ForAll("expressions") Expr expression)
      throws ConditionException {
    String printed = AstPrinter.print(expression);
    Expr parsed = ConditionParser.parse(printed);
    assertThat(PlainTree.of(parsed)).isEqualTo(PlainTree.of(expression));
    assertThat(AstPrinter.print(parsed)).isEqualTo(printed);
    assertThat(AmbiguityTest.ambiguities(printed)).isEmpty();
  }

  @Provide
  Arbitrary<Expr> expressions() {
    return expressions(3);
  }

  private Arbitrary<Expr> expressions(int depth) {
    if (depth == 0) {
      return checks();
    }
    Arbitrary<Expr> inner = expressions(depth - 1);
    Arbitrary<List<Expr>> group = inner.list().ofMinSize(2).ofMaxSize(4);
    // Two nots in a row cancel out, so there is only one.
    Arbitrary<Expr> positives = inner.map(e -> e instanceof Expr.Not not ? not.operand() : e);
    return Arbitraries.oneOf(
        checks(),
        group.map(operands -> new Expr.And(operands, AT)),
        group.map(operands -> new Expr.Or(operands, AT)),
        positives.map(operand -> new Expr.Not(operand, AT)));
  }

  private Arbitrary<Expr> checks() {
    return Arbitraries.oneOf(
        identifiers().map(name -> new Expr.MacroRef(name, AT)),
        lefts().map(left -> new Expr.Exists(left, AT)),
        Combinators.combine(lefts(), orders(), numbers()).as(this::comparison),
        Combinators.combine(lefts(), texts(), values()).as(this::comparison),
        Combinators.combine(lefts(), lists(), listsOfValues()).as(this::comparison),
        Combinators.combine(
                lefts(), texts(), Arbitraries.of("ONEOF", "ANYOF", "ALLOF"), listsOfValues())
            .as(
                (left, operator, modifier, right) ->
                    new Expr.Comparison(left, operator, Modifier.valueOf(modifier), right, AT)));
  }

  private Expr comparison(Operand left, Operator operator, Operand right) {
    return new Expr.Comparison(left, operator, Modifier.NONE, right, AT);
  }

  private Arbitrary<Operator> orders() {
    return Arbitraries.of(Operator.class).filter(Operator::isOrder);
  }

  private Arbitrary<Operator> lists() {
    return Arbitraries.of(Operator.class).filter(Operator::isList);
  }

  private Arbitrary<Operator> texts() {
    return Arbitraries.of(Operator.class).filter(o -> !o.isOrder() && !o.isList());
  }

  private Arbitrary<String> identifiers() {
    return Arbitraries.strings()
        .withChars("abxyzNOT_019")
        .ofMinLength(1)
        .ofMaxLength(6)
        .filter(name -> Character.isLetter(name.charAt(0)));
  }

  private Arbitrary<Operand.Field> fields() {
    Arbitrary<String> names =
        identifiers().list().ofMinSize(2).ofMaxSize(3).map(parts -> String.join(".", parts));
    return Combinators.combine(names, words().optional())
        .as((name, argument) -> new Operand.Field(name, argument, AT));
  }

  private Arbitrary<Operand> lefts() {
    Arbitrary<Operand> field = fields().map(f -> (Operand) f);
    return Arbitraries.oneOf(field, transformers());
  }

  private Arbitrary<Operand> transformers() {
    return transformers(fields().map(f -> (Operand) f), 2);
  }

  private Arbitrary<Operand> transformers(Arbitrary<Operand> inner, int depth) {
    Arbitrary<Operand> argument = depth == 0 ? inner : transformers(inner, depth - 1);
    Arbitrary<Operand> single =
        Combinators.combine(Arbitraries.of(NAMES), argument, words().optional())
            .as((name, a, index) -> new Operand.Transformer(name, List.of(a), index, AT));
    Arbitrary<Operand> several =
        Combinators.combine(fields(), numbers(), fields().list().ofMaxSize(3))
            .as(
                (field, number, list) ->
                    new Operand.Transformer(
                        "concat",
                        List.of(field, number, new Operand.ListOf(List.copyOf(list), AT)),
                        AT));
    return Arbitraries.oneOf(single, several);
  }

  private Arbitrary<Operand> numbers() {
    return Arbitraries.longs().map(n -> new Operand.Literal(Long.toString(n), false, AT));
  }

  /** Texts of any characters but those that Falco prints bare and cannot read again. */
  private Arbitrary<String> words() {
    return Arbitraries.strings()
        .withChars("ab/.*;<>&|é大 \t\n\\\"'=09")
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(word -> !word.endsWith("\\"));
  }

  private Arbitrary<Operand> values() {
    return Arbitraries.oneOf(
        words().map(word -> new Operand.Literal(word, false, AT)),
        fields().map(f -> new Operand.Transformer("val", List.of(f), Optional.empty(), AT)),
        transformers());
  }

  private Arbitrary<Operand> listsOfValues() {
    return words()
        .map(word -> (Operand) new Operand.Literal(word, false, AT))
        .list()
        .ofMaxSize(4)
        .map(items -> new Operand.ListOf(items, AT));
  }
}
