package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;

/** A test of one number. Allocates nothing. */
interface NumberMatcher {
  boolean matches(long value);

  /** Holds when a number of the matchers hold. */
  static NumberMatcher counting(Modifier modifier, NumberMatcher[] parts) {
    if (parts.length == 0) {
      return value -> false;
    }
    return switch (modifier) {
      case ONEOF -> value -> countUpToTwo(parts, value) == 1;
      case ANYOF -> value -> any(parts, value);
      case ALLOF -> value -> all(parts, value);
      case NONE -> parts[0];
    };
  }

  private static int countUpToTwo(NumberMatcher[] parts, long value) {
    int count = 0;
    for (NumberMatcher part : parts) {
      if (part.matches(value) && ++count > 1) {
        break;
      }
    }
    return count;
  }

  private static boolean any(NumberMatcher[] parts, long value) {
    for (NumberMatcher part : parts) {
      if (part.matches(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(NumberMatcher[] parts, long value) {
    for (NumberMatcher part : parts) {
      if (!part.matches(value)) {
        return false;
      }
    }
    return true;
  }
}
