package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * A text that must occur in the value. Looks at the byte under the end of the text and skips as far
 * as that byte allows (Horspool), so most bytes of the value are never read.
 */
final class Contains implements BytesMatcher {
  private static final int LONGEST_SKIP = 127;

  private final byte[] needle;

  /** How far the needle may move when a byte lies under its end. */
  private final byte[] skips = new byte[256];

  Contains(byte[] needle) {
    this.needle = needle;
    Arrays.fill(skips, (byte) Math.min(needle.length, LONGEST_SKIP));
    for (int i = 0; i < needle.length - 1; i++) {
      skips[needle[i] & 0xff] = (byte) Math.min(needle.length - 1 - i, LONGEST_SKIP);
    }
  }

  @Override
  public boolean matches(Bytes value) {
    int size = needle.length;
    if (size == 0) {
      return true;
    }
    byte[] text = value.array();
    int end = value.offset() + value.length();
    byte last = needle[size - 1];
    for (int at = value.offset() + size - 1; at < end; at += skips[text[at] & 0xff]) {
      if (text[at] == last && isAt(text, at - size + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] text, int start) {
    for (int i = 0; i < needle.length - 1; i++) {
      if (text[start + i] != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
