package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operator;
import io.jfalco.event.Bytes;
import java.util.Arrays;

/** Comparisons of bytes with a constant. */
final class TextMatchers {
  private TextMatchers() {}

  /** The matcher for an operator and one constant. */
  static BytesMatcher of(Operator operator, byte[] constant) {
    return switch (operator) {
      case EQ, EQ2, IN, INTERSECTS -> value -> value.sameAs(constant);
      case NE -> value -> !value.sameAs(constant);
      case LT -> value -> compare(value, constant) < 0;
      case LE -> value -> compare(value, constant) <= 0;
      case GT -> value -> compare(value, constant) > 0;
      case GE -> value -> compare(value, constant) >= 0;
      case CONTAINS, BCONTAINS -> new Contains(constant);
      case ICONTAINS -> new IgnoreCaseContains(constant);
      case STARTSWITH, BSTARTSWITH -> value -> value.startsWith(constant);
      case ENDSWITH -> value -> value.endsWith(constant);
      case GLOB -> new Glob(constant, false);
      case IGLOB -> new Glob(constant, true);
      case REGEX, PMATCH ->
          throw new IllegalArgumentException(operator + " is compiled by its own class");
    };
  }

  static int compare(Bytes value, byte[] constant) {
    return Arrays.compareUnsigned(
        value.array(),
        value.offset(),
        value.offset() + value.length(),
        constant,
        0,
        constant.length);
  }

  /** True when the needle occurs in the text. */
  static boolean contains(
      byte[] text, int textAt, int textSize, byte[] needle, int needleAt, int needleSize) {
    if (needleSize == 0) {
      return true;
    }
    byte first = needle[needleAt];
    int last = textAt + textSize - needleSize;
    for (int i = textAt; i <= last; i++) {
      if (text[i] == first
          && Arrays.equals(text, i, i + needleSize, needle, needleAt, needleAt + needleSize)) {
        return true;
      }
    }
    return false;
  }

  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /** True when the needle, in lower case, occurs in the text in any case. */
  static boolean containsIgnoringCase(Bytes text, Bytes lowerNeedle) {
    int needleSize = lowerNeedle.length();
    for (int i = 0; i + needleSize <= text.length(); i++) {
      int same = 0;
      while (same < needleSize && lower(text.at(i + same)) == lower(lowerNeedle.at(same))) {
        same++;
      }
      if (same == needleSize) {
        return true;
      }
    }
    return false;
  }

  private static final class IgnoreCaseContains implements BytesMatcher {
    private final Bytes needle;

    IgnoreCaseContains(byte[] constant) {
      needle = new Bytes().view(constant, 0, constant.length);
    }

    @Override
    public boolean matches(Bytes value) {
      return containsIgnoringCase(value, needle);
    }
  }
}
