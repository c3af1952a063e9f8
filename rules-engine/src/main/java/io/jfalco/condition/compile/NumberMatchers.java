package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operator;

/** Comparisons of numbers with a constant. */
final class NumberMatchers {
  private NumberMatchers() {}

  /** The matcher for an operator and one constant. */
  static NumberMatcher of(Kind kind, Operator operator, long constant) {
    return switch (kind) {
      case DOUBLE -> ofDouble(operator, Double.longBitsToDouble(constant));
      case UNSIGNED -> ofUnsigned(operator, constant);
      default -> ofSigned(operator, constant);
    };
  }

  private static NumberMatcher ofSigned(Operator operator, long constant) {
    return switch (operator) {
      case LT -> value -> value < constant;
      case LE -> value -> value <= constant;
      case GT -> value -> value > constant;
      case GE -> value -> value >= constant;
      case NE -> value -> value != constant;
      default -> value -> value == constant;
    };
  }

  private static NumberMatcher ofUnsigned(Operator operator, long constant) {
    return switch (operator) {
      case LT -> value -> Long.compareUnsigned(value, constant) < 0;
      case LE -> value -> Long.compareUnsigned(value, constant) <= 0;
      case GT -> value -> Long.compareUnsigned(value, constant) > 0;
      case GE -> value -> Long.compareUnsigned(value, constant) >= 0;
      default -> ofSigned(operator, constant);
    };
  }

  private static NumberMatcher ofDouble(Operator operator, double constant) {
    return switch (operator) {
      case LT -> value -> Double.longBitsToDouble(value) < constant;
      case LE -> value -> Double.longBitsToDouble(value) <= constant;
      case GT -> value -> Double.longBitsToDouble(value) > constant;
      case GE -> value -> Double.longBitsToDouble(value) >= constant;
      case NE -> value -> Double.longBitsToDouble(value) != constant;
      default -> value -> Double.longBitsToDouble(value) == constant;
    };
  }
}
