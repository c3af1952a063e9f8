package io.jfalco.rule;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.check.ExprWalk;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a condition.
 *
 * @param fields fields with their arguments
 * @param operators operators with their modifiers
 * @param macros known macros
 * @param lists known lists
 * @param events names that evt.type and evt.asynctype are compared with
 */
record ConditionDetails(
    NavigableSet<String> fields,
    NavigableSet<String> operators,
    NavigableSet<String> macros,
    NavigableSet<String> lists,
    NavigableSet<String> events) {
  private static final Set<String> EVENT_FIELDS = Set.of("evt.type", "evt.asynctype");

  static ConditionDetails of(Expr condition, Set<String> knownMacros, Set<String> knownLists) {
    ConditionDetails details =
        new ConditionDetails(
            new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    ExprWalk.expressions(
        condition,
        part -> {
          if (part instanceof Expr.MacroRef macro && knownMacros.contains(macro.name())) {
            details.macros.add(macro.name());
          } else if (part instanceof Expr.Exists) {
            details.operators.add("exists");
          } else if (part instanceof Expr.Comparison comparison) {
            details.add(comparison, knownLists);
          }
        });
    ExprWalk.operands(
        condition,
        operand -> {
          if (operand instanceof Operand.Field field) {
            details.fields.add(
                field.name()
                    + field
                        .argument()
                        .filter(argument -> !argument.isEmpty())
                        .map(argument -> "[" + argument + "]")
                        .orElse(""));
          }
        });
    return details;
  }

  private void add(Expr.Comparison comparison, Set<String> knownLists) {
    String symbol = comparison.operator().symbol();
    operators.add(
        comparison.modifier() == Modifier.NONE
            ? symbol
            : symbol + " " + comparison.modifier().word());
    boolean named =
        comparison.left() instanceof Operand.Field field && EVENT_FIELDS.contains(field.name());
    if (comparison.right() instanceof Operand.ListOf list) {
      for (Operand item : list.items()) {
        if (item instanceof Operand.Literal literal && knownLists.contains(literal.text())) {
          lists.add(literal.text());
        } else if (named && item instanceof Operand.Literal literal) {
          events.add(literal.text());
        }
      }
    } else if (named && comparison.right() instanceof Operand.Literal literal) {
      events.add(literal.text());
    }
  }
}
