package io.jfalco.driver.proc;

import java.util.Arrays;
import java.util.function.Consumer;

/** A piece of a file of {@code /proc}: bytes between two indexes. */
final class Text {
  static final Text EMPTY = new Text(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;

  Text(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The array that holds the bytes. */
  byte[] bytes() {
    return bytes;
  }

  /** Index of the first byte. */
  int from() {
    return from;
  }

  /** Index behind the last byte. */
  int to() {
    return to;
  }

  static Text of(byte[] bytes) {
    return new Text(bytes, 0, bytes.length);
  }

  int length() {
    return to - from;
  }

  boolean isEmpty() {
    return from >= to;
  }

  byte[] toBytes() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Each line without its line feed; a last line without line feed counts. */
  void lines(Consumer<Text> visitor) {
    split('\n', visitor);
  }

  /** Each piece between separators; a separator at the end adds no empty piece. */
  void split(int separator, Consumer<Text> visitor) {
    int start = from;
    while (start < to) {
      int end = indexOf(separator, start);
      visitor.accept(new Text(bytes, start, end < 0 ? to : end));
      start = end < 0 ? to : end + 1;
    }
  }

  /** Index in the array of the first such byte from an index on, or -1. */
  int indexOf(int value, int start) {
    for (int i = Math.max(start, from); i < to; i++) {
      if (bytes[i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  int lastIndexOf(int value) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  boolean startsWith(String ascii) {
    if (length() < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != (byte) ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The rest from an index of the array on. */
  Text from(int start) {
    return new Text(bytes, Math.min(Math.max(start, from), to), to);
  }

  /** The rest after a prefix that is known to be there. */
  Text after(String prefix) {
    return from(from + prefix.length());
  }

  /** The n-th word from 0, words being separated by blanks and tabs; empty when there is none. */
  Text word(int index) {
    int at = from;
    for (int i = 0; ; i++) {
      while (at < to && isBlank(bytes[at])) {
        at++;
      }
      int start = at;
      while (at < to && !isBlank(bytes[at])) {
        at++;
      }
      if (i == index || start == at) {
        return new Text(bytes, start, at);
      }
    }
  }

  /** The last word; empty when there is none. */
  Text lastWord() {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    int start = end;
    while (start > from && !isBlank(bytes[start - 1])) {
      start--;
    }
    return new Text(bytes, start, end);
  }

  /** The number that the text begins with, or {@code missing} when it begins with no digit. */
  long number(int radix, long missing) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    int start = at;
    for (; at < to; at++) {
      int digit = Character.digit(bytes[at], radix);
      if (digit < 0) {
        break;
      }
      value = value * radix + digit;
    }
    if (at == start) {
      return missing;
    }
    return negative ? -value : value;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }
}
