package io.jfalco.condition.check;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Operand;
import java.util.List;
import java.util.function.Consumer;

/** Visits all parts of conditions from left to right. */
public final class ExprWalk {
  private ExprWalk() {}

  /** Visits a condition and all conditions within it. */
  public static void expressions(Expr expression, Consumer<Expr> visitor) {
    visitor.accept(expression);
    if (expression instanceof Expr.And and) {
      expressions(and.operands(), visitor);
    } else if (expression instanceof Expr.Or or) {
      expressions(or.operands(), visitor);
    } else if (expression instanceof Expr.Not not) {
      expressions(not.operand(), visitor);
    }
  }

  private static void expressions(List<Expr> expressions, Consumer<Expr> visitor) {
    for (Expr expression : expressions) {
      expressions(expression, visitor);
    }
  }

  /** Visits all comparisons of a condition. */
  public static void comparisons(Expr expression, Consumer<Expr.Comparison> visitor) {
    expressions(
        expression,
        part -> {
          if (part instanceof Expr.Comparison comparison) {
            visitor.accept(comparison);
          }
        });
  }

  /** Visits all operands of a condition, transformers before their arguments. */
  public static void operands(Expr expression, Consumer<Operand> visitor) {
    expressions(
        expression,
        part -> {
          if (part instanceof Expr.Comparison comparison) {
            operands(comparison.left(), visitor);
            operands(comparison.right(), visitor);
          } else if (part instanceof Expr.Exists exists) {
            operands(exists.left(), visitor);
          }
        });
  }

  private static void operands(Operand operand, Consumer<Operand> visitor) {
    visitor.accept(operand);
    if (operand instanceof Operand.Transformer transformer) {
      transformer.arguments().forEach(argument -> operands(argument, visitor));
    } else if (operand instanceof Operand.ListOf list) {
      list.items().forEach(item -> operands(item, visitor));
    }
  }
}
