package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.condition.ast.Expr.Comparison;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.check.ExprWalk;
import io.jfalco.field.FieldCatalog;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleFile;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mistakes that load without complaint, and that no case would find. */
class ShippedConditionsTest {
  private static final int LONGEST_NAME = 15;
  private static final Set<String> NAMES = Set.of("proc.name", "proc.pname", "proc.aname");
  private static final Set<Operator> EQUALITIES = Set.of(Operator.EQ, Operator.NE, Operator.IN);

  /** Hands over all comparisons whose left side is a field. */
  private static void comparisons(BiConsumer<Operand.Field, Comparison> visitor)
      throws IOException {
    FieldCatalog catalog = FieldCatalog.standard();
    for (String file : ShippedRules.files()) {
      RuleFile rules = new RuleFile(file, ShippedRules.ours(file));
      for (Rule rule : ShippedRules.load(catalog, List.of(rules)).rules()) {
        ExprWalk.comparisons(
            rule.expression(),
            comparison -> {
              if (comparison.left() instanceof Operand.Field field) {
                visitor.accept(field, comparison);
              }
            });
      }
    }
  }

  /** The kernel cuts names, so a longer one is never met. */
  @Test
  void programsHaveNamesThatTheKernelKeeps() throws IOException {
    Set<String> tooLong = new TreeSet<>();
    comparisons(
        (field, comparison) -> {
          if (NAMES.contains(field.name()) && EQUALITIES.contains(comparison.operator())) {
            texts(comparison.right())
                .filter(text -> text.length() > LONGEST_NAME)
                .forEach(tooLong::add);
          }
        });
    assertThat(tooLong).isEmpty();
  }

  private static Stream<String> texts(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return Stream.of(literal.text());
    }
    return operand instanceof Operand.ListOf list
        ? list.items().stream().flatMap(ShippedConditionsTest::texts)
        : Stream.of();
  }

  /** What Falco itself takes otherwise than it is written (docs/differences.md). */
  @Test
  void conditionsMeanTheSameToFalco() throws IOException {
    Set<String> otherwise = new TreeSet<>();
    comparisons(
        (field, comparison) -> {
          boolean bothEnds = Set.of("fd.ip", "fd.net").contains(field.name());
          boolean ancestor = field.name().startsWith("proc.a") && !field.name().equals("proc.args");
          if (bothEnds && comparison.operator().isList()
              || ancestor && comparison.modifier() != Modifier.NONE) {
            otherwise.add(field.name() + " " + comparison.operator().symbol());
          }
        });
    assertThat(otherwise).isEmpty();
  }
}
