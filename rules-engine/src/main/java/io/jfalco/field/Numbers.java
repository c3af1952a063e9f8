package io.jfalco.field;

import io.jfalco.event.ParamType;
import java.math.BigInteger;

/**
 * Numbers as users write them: blanks, a sign and decimal digits, read as the C library's scanf
 * reads them (unsigned types take a negative number and wrap, too large ones are cut off).
 */
public final class Numbers {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private Numbers() {}

  /**
   * The bits of a number of this type.
   *
   * @throws FieldException when the text is none
   */
  public static long parse(String text, ParamType type) throws FieldException {
    BigInteger value = integer(text);
    int size = Math.max(1, type.size());
    boolean signed = type.isSigned() || type == ParamType.DOUBLE;
    long bits;
    if (signed) {
      bits = value.max(LONG_MIN).min(LONG_MAX).longValue();
      int shift = type == ParamType.DOUBLE ? 32 : Long.SIZE - size * 8;
      return bits << shift >> shift;
    }
    bits = value.abs().compareTo(UNSIGNED_MAX) > 0 ? -1L : value.longValue();
    int shift = Long.SIZE - size * 8;
    return bits << shift >>> shift;
  }

  /** A signed 32-bit number, as arguments of fields are. */
  static int parseIndex(String text) throws FieldException {
    return (int) parse(text, ParamType.INT32);
  }

  /** True for digits whose number an unsigned 64-bit type can hold. */
  static boolean fits64Bits(String digits) {
    return digits.length() < 21 && new BigInteger(digits).compareTo(UNSIGNED_MAX) <= 0;
  }

  private static BigInteger integer(String text) throws FieldException {
    int start = 0;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    int at = start;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == digits || at != text.length()) {
      throw new FieldException(text + " is not a valid number");
    }
    // Longer ones are too large for every type: what they are does not matter.
    String value = text.substring(digits, Math.min(at, significant(text, digits, at) + 30));
    BigInteger number = new BigInteger(value);
    return text.charAt(start) == '-' ? number.negate() : number;
  }

  /** Index of the first digit that is not a leading zero. */
  private static int significant(String text, int from, int to) {
    int at = from;
    while (at < to - 1 && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
