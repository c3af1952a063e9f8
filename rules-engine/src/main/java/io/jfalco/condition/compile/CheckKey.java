package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Operand;
import java.util.List;

/** What makes two checks, or two sides of checks, the same: all but where they are written. */
final class CheckKey {
  private CheckKey() {}

  static Object of(Expr.Comparison check) {
    return List.of(of(check.left()), check.operator(), check.modifier(), of(check.right()));
  }

  static Object of(Expr.Exists check) {
    return List.of(of(check.left()));
  }

  static Object of(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return literal.text();
    }
    if (operand instanceof Operand.Field field) {
      return List.of("field", field.name(), field.argument());
    }
    if (operand instanceof Operand.Transformer transformer) {
      return List.of(
          "transformer", transformer.name(), transformer.argument(), all(transformer.arguments()));
    }
    return List.of("list", all(((Operand.ListOf) operand).items()));
  }

  private static List<Object> all(List<Operand> operands) {
    return operands.stream().map(CheckKey::of).toList();
  }
}
