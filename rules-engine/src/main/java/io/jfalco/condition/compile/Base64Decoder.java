package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/** Base 64 with or without padding; what cannot be decoded has no value. */
final class Base64Decoder {
  private static final byte[] DIGITS = new byte[256];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      DIGITS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Decoder() {}

  static boolean decode(Bytes in, Bytes out) {
    int length = in.length();
    while (length > 0 && in.at(length - 1) == 0) {
      length--;
    }
    boolean none = length == 0;
    for (int i = 0; i < 2 && length > 0 && in.at(length - 1) == '='; i++) {
      length--;
    }
    if (length % 4 == 1 || length == 0 && !none) {
      return false;
    }
    int bits = 0;
    int count = 0;
    for (int i = 0; i < length; i++) {
      int digit = DIGITS[in.at(i) & 0xff];
      if (digit < 0) {
        return false;
      }
      bits = (bits << 6 | digit) & 0xffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        out.append(bits >> count);
      }
    }
    // Bits that no byte takes must be 0.
    return (bits & (1 << count) - 1) == 0;
  }
}
