package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * Reads bracket expressions of shell patterns into sets of bytes, in the C locale: characters,
 * ranges, {@code [:class:]}, {@code [=c=]} and {@code [.c.]}, negated by {@code !} or {@code ^}.
 */
final class GlobBracket {
  private static final int WORDS = 4;

  private long[] sets = new long[WORDS];
  private int count;
  private Bytes pattern;
  private int at;
  private boolean foldCase;

  /** A mistake was met: what stands before it counts, what follows only moves the end. */
  private boolean broken;

  private boolean empty;

  /** Forgets all sets. */
  void clear() {
    count = 0;
  }

  /** True when the set has the byte. */
  boolean has(int set, int value) {
    return (sets[set * WORDS + (value >> 6)] >> value & 1) != 0;
  }

  /** The element for the bracket that was read last, or the one given when it matches nothing. */
  int element(int nothing) {
    return empty ? nothing : GlobPattern.FIRST_SET + count - 1;
  }

  /**
   * Reads a bracket.
   *
   * @param from index behind the opening bracket
   * @return index behind the closing bracket; -1 when there is none
   */
  int read(Bytes text, int from, boolean ignoreCase) {
    if (text.lastIndexOf((byte) ']') < from) {
      return -1;
    }
    pattern = text;
    at = from;
    foldCase = ignoreCase;
    broken = false;
    begin();
    boolean negated = byteAt(at) == '!' || byteAt(at) == '^';
    if (negated) {
      at++;
    }
    do {
      if (at >= text.length()) {
        count--;
        return -1;
      }
      item();
    } while (byteAt(at) != ']');
    finish(negated);
    return at + 1;
  }

  private void begin() {
    int start = count++ * WORDS;
    if (start + WORDS > sets.length) {
      sets = Arrays.copyOf(sets, sets.length * 2);
    }
    Arrays.fill(sets, start, start + WORDS, 0);
  }

  private void finish(boolean negated) {
    empty = negated && broken;
    for (int i = (count - 1) * WORDS; negated && i < count * WORDS; i++) {
      sets[i] = ~sets[i];
    }
  }

  /** The byte at an index, -1 behind the end. */
  private int byteAt(int index) {
    return index < pattern.length() ? pattern.at(index) & 0xff : -1;
  }

  private void item() {
    int c = byteAt(at);
    int next = byteAt(at + 1);
    if (c == '[' && next == ':' && namedClass() || c == '[' && next == '=' && equivalents()) {
      return;
    }
    if (c == '[' && next == '.') {
      int symbol = symbol();
      boolean range = byteAt(at) == '-' && byteAt(at + 1) >= 0;
      range(symbol, range);
      return;
    }
    if (c == '\\') {
      c = next;
      broken |= next < 0;
      at++;
    }
    at++;
    boolean range = byteAt(at) == '-' && byteAt(at + 1) >= 0 && byteAt(at + 1) != ']';
    range(GlobPattern.fold(c, foldCase), range);
  }

  private void range(int low, boolean isRange) {
    if (!isRange) {
      addFolded(low, low);
    }
    if (byteAt(at) != '-' || byteAt(at + 1) == ']') {
      return;
    }
    at++;
    int high;
    if (byteAt(at) == '[' && byteAt(at + 1) == '.') {
      high = symbol();
    } else {
      at += byteAt(at) == '\\' ? 1 : 0;
      high = GlobPattern.fold(byteAt(at++), foldCase);
      broken |= high < 0;
    }
    addFolded(low, high);
  }

  /** Reads {@code [:name:]}; false when it is none, and the bracket stands for itself. */
  private boolean namedClass() {
    int end = at + 2;
    while (byteAt(end) >= 'a' && byteAt(end) < 'z') {
      end++;
    }
    if (byteAt(end) != ':' || byteAt(end + 1) != ']') {
      return false;
    }
    CharClass named = CharClass.named(pattern, at + 2, end);
    broken |= named == null;
    for (int value = 0; !broken && value < 256; value++) {
      if (named.has(value)) {
        add(value);
      }
    }
    at = end + 2;
    return true;
  }

  /** Reads {@code [=c=]}; false when it is none, and the bracket stands for itself. */
  private boolean equivalents() {
    if (byteAt(at + 3) != '=' || byteAt(at + 4) != ']') {
      return false;
    }
    add(byteAt(at + 2));
    at += 5;
    return true;
  }

  /** Reads {@code [.c.]}; only single characters have a name. */
  private int symbol() {
    int start = at + 2;
    int end = start;
    while (end < pattern.length() && (byteAt(end) != '.' || byteAt(end + 1) != ']')) {
      end++;
    }
    broken |= end != start + 1;
    at = Math.min(end + 2, pattern.length());
    return byteAt(start);
  }

  /** Adds the bytes which, in lower case if case does not matter, lie in the range. */
  private void addFolded(int low, int high) {
    if (!foldCase) {
      add(low, high);
      return;
    }
    add(low, Math.min(high, 'A' - 1));
    add(Math.max(low, 'Z' + 1), high);
    add(Math.max(low - 32, 'A'), Math.min(high - 32, 'Z'));
  }

  private void add(int low, int high) {
    for (int value = low; value <= high; value++) {
      add(value);
    }
  }

  private void add(int value) {
    if (!broken) {
      sets[(count - 1) * WORDS + (value >> 6)] |= 1L << value;
    }
  }
}
