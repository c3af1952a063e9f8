package io.jfalco.render;

import io.jfalco.event.Bytes;
import java.math.BigDecimal;

/** Numbers as C's printf writes them. */
final class NumberText {
  private static final int PRECISION = 6;
  private static final long NANOS = 1_000_000_000L;

  private NumberText() {}

  /** {@code %#o}: octal with a leading zero. */
  static void octal(long value, Bytes out) {
    if (value == 0) {
      out.append('0');
      return;
    }
    int digits = (66 - Long.numberOfLeadingZeros(value)) / 3;
    out.append('0');
    for (int i = digits - 1; i >= 0; i--) {
      out.append('0' + (int) (value >>> 3 * i & 7));
    }
  }

  /** {@code %X}: hexadecimal in capitals. */
  static void hex(long value, Bytes out) {
    hex(value, 'A', out);
  }

  /** {@code %x}: hexadecimal in small letters. */
  static void lowerHex(long value, Bytes out) {
    hex(value, 'a', out);
  }

  private static void hex(long value, char ten, Bytes out) {
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    for (int i = digits - 1; i >= 0; i--) {
      int digit = (int) (value >>> 4 * i & 15);
      out.append(digit < 10 ? '0' + digit : ten + digit - 10);
    }
  }

  /** {@code %0Nd}: decimal, filled with zeros to a width that includes the sign. */
  static void padded(long value, int width, Bytes out) {
    int length = value < 0 ? 2 : 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    if (value < 0) {
      out.append('-');
    }
    for (int i = length; i < width; i++) {
      out.append('0');
    }
    if (value < 0) {
      unsigned(-value, out);
    } else {
      unsigned(value, out);
    }
  }

  /** {@code %lu}. */
  static void unsigned(long value, Bytes out) {
    if (value < 0) {
      long tens = Long.divideUnsigned(value, 10);
      out.appendDecimal(tens);
      out.appendDecimal(value - tens * 10);
    } else {
      out.appendDecimal(value);
    }
  }

  /** Nanoseconds as seconds in C's {@code %g}: six significant digits, no zeros at the end. */
  static void seconds(long nanoseconds, Bytes out) {
    if (nanoseconds == 0) {
      out.append('0');
      return;
    }
    int count = 1;
    for (long rest = Long.divideUnsigned(nanoseconds, 10); rest != 0; rest /= 10) {
      count++;
    }
    long digits = nanoseconds;
    int exponent = count - 10;
    if (count > PRECISION) {
      long divisor = power(count - PRECISION);
      digits = Long.divideUnsigned(nanoseconds, divisor);
      long twice = (nanoseconds - digits * divisor) * 2;
      int order = Long.compareUnsigned(twice, divisor);
      if (order == 0 && count < 19) {
        digits = tie(nanoseconds, digits);
      } else if (order >= 0) {
        digits++;
      }
      if (digits == power(PRECISION)) {
        digits /= 10;
        exponent++;
      }
    } else {
      digits *= power(PRECISION - count);
    }
    general(digits, exponent, out);
  }

  /** What a value that lies half way is rounded to: decided by the binary fraction, as in C. */
  private static long tie(long nanoseconds, long digits) {
    BigDecimal binary = new BigDecimal((double) nanoseconds / NANOS);
    int order = binary.compareTo(BigDecimal.valueOf(nanoseconds, 9));
    return digits + (order == 0 ? digits & 1 : order > 0 ? 1 : 0);
  }

  /** Writes d.ddddd times ten to the exponent; {@code digits} has six digits. */
  private static void general(long digits, int exponent, Bytes out) {
    long rest = digits;
    int kept = PRECISION;
    while (kept > 1 && rest % 10 == 0) {
      rest /= 10;
      kept--;
    }
    if (exponent < -4 || exponent >= PRECISION) {
      fixed(rest, kept, 1, out);
      out.append('e').append(exponent < 0 ? '-' : '+');
      padded(Math.abs(exponent), 2, out);
    } else if (exponent < 0) {
      out.append('0').append('.');
      for (int i = exponent + 1; i < 0; i++) {
        out.append('0');
      }
      out.appendDecimal(rest);
    } else {
      fixed(rest, kept, exponent + 1, out);
    }
  }

  /** Writes {@code kept} digits with the point after the first {@code whole} ones. */
  private static void fixed(long digits, int kept, int whole, Bytes out) {
    if (kept <= whole) {
      out.appendDecimal(digits * power(whole - kept));
      return;
    }
    long divisor = power(kept - whole);
    out.appendDecimal(digits / divisor);
    out.append('.');
    padded(digits % divisor, kept - whole, out);
  }

  private static long power(int exponent) {
    long value = 1;
    for (int i = 0; i < exponent; i++) {
      value *= 10;
    }
    return value;
  }
}
