package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * A shell pattern as a row of elements, each of which takes one byte, or any number of them (the
 * star). Can be read again and again without allocation; owned by one thread.
 */
final class GlobPattern {
  private static final int ANY = 256;
  private static final int STAR = 257;
  private static final int NOTHING = 258;

  /** Elements from here on are sets: the first set, the second and so on. */
  static final int FIRST_SET = 259;

  private final GlobBracket bracket = new GlobBracket();
  private int[] elements = new int[16];
  private int size;
  private boolean foldCase;

  /** Reads a pattern in place of the one before. */
  GlobPattern read(Bytes pattern, boolean ignoreCase) {
    foldCase = ignoreCase;
    size = 0;
    bracket.clear();
    int length = pattern.length();
    int at = 0;
    while (at < length) {
      int c = pattern.at(at++) & 0xff;
      if (c == '[') {
        int end = bracket.read(pattern, at, ignoreCase);
        add(end < 0 ? c : bracket.element(NOTHING));
        at = Math.max(at, end);
      } else if (c == '\\') {
        add(at == length ? NOTHING : fold(pattern.at(at++) & 0xff, ignoreCase));
      } else {
        add(c == '?' ? ANY : c == '*' ? STAR : fold(c, ignoreCase));
      }
    }
    return this;
  }

  private void add(int element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, size * 2);
    }
    elements[size++] = element;
  }

  /** True when the pattern matches the bytes {@code from} to {@code to} of the text. */
  boolean matches(Bytes text, int from, int to) {
    int p = 0;
    int t = from;
    int starPattern = -1;
    int starText = -1;
    while (t < to || p < size) {
      if (p < size && elements[p] == STAR) {
        starPattern = ++p;
        starText = t;
      } else if (t < to && p < size && takes(elements[p], text.at(t) & 0xff)) {
        p++;
        t++;
      } else if (starPattern >= 0 && starText < to) {
        p = starPattern;
        t = ++starText;
      } else {
        return false;
      }
    }
    return true;
  }

  private boolean takes(int element, int value) {
    if (element >= FIRST_SET) {
      return bracket.has(element - FIRST_SET, value);
    }
    return element == ANY || element == fold(value, foldCase);
  }

  static int fold(int c, boolean foldCase) {
    return foldCase && c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
}
