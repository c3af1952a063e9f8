package io.jfalco.condition.compile;

/** Tells text from other bytes. */
final class Utf8 {
  private Utf8() {}

  /** True for the shortest form of any characters; surrogates count as characters. */
  static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = length(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private static int length(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4 || !continues(bytes, at + 1)) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    if (first < 0xe0) {
      return 2;
    }
    if (!continues(bytes, at + 2)) {
      return 0;
    }
    if (first < 0xf0) {
      return first == 0xe0 && second < 0xa0 ? 0 : 3;
    }
    boolean tooLow = first == 0xf0 && second < 0x90;
    boolean tooHigh = first == 0xf4 && second > 0x8f;
    return tooLow || tooHigh || !continues(bytes, at + 3) ? 0 : 4;
  }

  private static boolean continues(byte[] bytes, int at) {
    return at < bytes.length && (bytes[at] & 0xc0) == 0x80;
  }
}
