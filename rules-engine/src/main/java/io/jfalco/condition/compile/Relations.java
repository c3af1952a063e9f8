package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operator;
import io.jfalco.event.Bytes;
import java.util.Arrays;

/** Comparisons of two values of an event. */
final class Relations {
  private Relations() {}

  static Nodes.BytesRelation bytes(Operator operator) {
    return switch (operator) {
      case EQ, EQ2, IN, INTERSECTS -> Bytes::sameAs;
      case NE -> (left, right) -> !left.sameAs(right);
      case LT -> (left, right) -> compare(left, right) < 0;
      case LE -> (left, right) -> compare(left, right) <= 0;
      case GT -> (left, right) -> compare(left, right) > 0;
      case GE -> (left, right) -> compare(left, right) >= 0;
      case CONTAINS, BCONTAINS -> Relations::contains;
      case ICONTAINS -> TextMatchers::containsIgnoringCase;
      case STARTSWITH, BSTARTSWITH -> (left, right) -> isAt(left, 0, right);
      case ENDSWITH -> (left, right) -> isAt(left, left.length() - right.length(), right);
      case GLOB -> Glob.relation(false);
      case IGLOB -> Glob.relation(true);
      case REGEX, PMATCH -> throw new IllegalArgumentException(operator + " takes constants only");
    };
  }

  static Nodes.NumberRelation numbers(Kind kind, Operator operator) {
    return switch (kind) {
      case DOUBLE -> ofDouble(operator);
      case UNSIGNED -> ofUnsigned(operator);
      default -> ofSigned(operator);
    };
  }

  private static Nodes.NumberRelation ofSigned(Operator operator) {
    return switch (operator) {
      case LT -> (left, right) -> left < right;
      case LE -> (left, right) -> left <= right;
      case GT -> (left, right) -> left > right;
      case GE -> (left, right) -> left >= right;
      case NE -> (left, right) -> left != right;
      default -> (left, right) -> left == right;
    };
  }

  private static Nodes.NumberRelation ofUnsigned(Operator operator) {
    return switch (operator) {
      case LT -> (left, right) -> Long.compareUnsigned(left, right) < 0;
      case LE -> (left, right) -> Long.compareUnsigned(left, right) <= 0;
      case GT -> (left, right) -> Long.compareUnsigned(left, right) > 0;
      case GE -> (left, right) -> Long.compareUnsigned(left, right) >= 0;
      default -> ofSigned(operator);
    };
  }

  private static Nodes.NumberRelation ofDouble(Operator operator) {
    return switch (operator) {
      case LT -> (left, right) -> of(left) < of(right);
      case LE -> (left, right) -> of(left) <= of(right);
      case GT -> (left, right) -> of(left) > of(right);
      case GE -> (left, right) -> of(left) >= of(right);
      case NE -> (left, right) -> of(left) != of(right);
      default -> (left, right) -> of(left) == of(right);
    };
  }

  private static double of(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static int compare(Bytes left, Bytes right) {
    return Arrays.compareUnsigned(
        left.array(),
        left.offset(),
        left.offset() + left.length(),
        right.array(),
        right.offset(),
        right.offset() + right.length());
  }

  private static boolean contains(Bytes left, Bytes right) {
    return TextMatchers.contains(
        left.array(), left.offset(), left.length(), right.array(), right.offset(), right.length());
  }

  private static boolean isAt(Bytes text, int at, Bytes part) {
    return at >= 0
        && at + part.length() <= text.length()
        && Arrays.equals(
            text.array(),
            text.offset() + at,
            text.offset() + at + part.length(),
            part.array(),
            part.offset(),
            part.offset() + part.length());
  }
}
