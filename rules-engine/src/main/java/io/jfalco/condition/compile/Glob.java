package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Shell patterns as POSIX fnmatch without flags reads them: {@code *} and {@code ?} match any byte,
 * slashes and leading dots too; brackets and backslashes as usual. The time is bounded by the
 * product of both lengths, since only the last star is ever tried again.
 */
final class Glob implements BytesMatcher {
  private final Bytes pattern;
  private final boolean foldCase;

  Glob(byte[] pattern, boolean foldCase) {
    this.pattern = new Bytes().view(pattern, 0, pattern.length);
    this.foldCase = foldCase;
  }

  @Override
  public boolean matches(Bytes value) {
    return matches(pattern, value, 0, value.length(), foldCase);
  }

  @Override
  public Optional<Alternatives> necessary() {
    return foldCase
        ? Optional.empty()
        : RequiredText.ofGlob(new String(pattern.toArray(), StandardCharsets.ISO_8859_1));
  }

  /** True when the pattern matches the bytes {@code from} to {@code to} of the text. */
  static boolean matches(Bytes pattern, Bytes text, int from, int to, boolean foldCase) {
    int p = 0;
    int t = from;
    int starPattern = -1;
    int starText = -1;
    int patternEnd = pattern.length();
    while (t < to || p < patternEnd) {
      if (p < patternEnd && pattern.at(p) == '*') {
        starPattern = ++p;
        starText = t;
        continue;
      }
      int next =
          t < to && p < patternEnd ? step(pattern, p, fold(text.at(t), foldCase), foldCase) : -1;
      if (next >= 0) {
        p = next;
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

  /** Where the pattern goes on when its element at {@code p} matches the byte; -1 when not. */
  private static int step(Bytes pattern, int p, int value, boolean foldCase) {
    int c = pattern.at(p) & 0xff;
    switch (c) {
      case '?':
        return p + 1;
      case '\\':
        if (p + 1 == pattern.length()) {
          return -1;
        }
        return fold(pattern.at(p + 1), foldCase) == value ? p + 2 : -1;
      case '[':
        int end = bracketEnd(pattern, p);
        if (end >= 0) {
          return bracketMatches(pattern, p, end, value, foldCase) ? end + 1 : -1;
        }
        return value == '[' ? p + 1 : -1;
      default:
        return fold((byte) c, foldCase) == value ? p + 1 : -1;
    }
  }

  /** Index of the bracket that closes the one at {@code p}, or -1. */
  private static int bracketEnd(Bytes pattern, int p) {
    int at = p + 1;
    if (at < pattern.length() && (pattern.at(at) == '!' || pattern.at(at) == '^')) {
      at++;
    }
    boolean first = true;
    while (at < pattern.length()) {
      int c = pattern.at(at);
      if (c == ']' && !first) {
        return at;
      }
      first = false;
      if (c == '\\') {
        at += 2;
      } else if (c == '[' && classEnd(pattern, at) >= 0) {
        at = classEnd(pattern, at) + 1;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** Index of the last bracket of {@code [:name:]} at {@code at}, or -1. */
  private static int classEnd(Bytes pattern, int at) {
    if (at + 1 >= pattern.length() || pattern.at(at + 1) != ':') {
      return -1;
    }
    for (int i = at + 2; i + 1 < pattern.length(); i++) {
      if (pattern.at(i) == ':' && pattern.at(i + 1) == ']') {
        return i + 1;
      }
      if (pattern.at(i) < 'a' || pattern.at(i) > 'z') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean bracketMatches(
      Bytes pattern, int p, int end, int value, boolean foldCase) {
    int at = p + 1;
    boolean negated = pattern.at(at) == '!' || pattern.at(at) == '^';
    if (negated) {
      at++;
    }
    boolean found = false;
    while (at < end) {
      int classEnd = pattern.at(at) == '[' ? classEnd(pattern, at) : -1;
      if (classEnd >= 0) {
        found |= CharClass.matches(pattern, at + 2, classEnd - 1, value, foldCase);
        at = classEnd + 1;
        continue;
      }
      if (pattern.at(at) == '\\' && at + 1 < end) {
        at++;
      }
      int low = fold(pattern.at(at), foldCase);
      int high = low;
      if (at + 2 < end && pattern.at(at + 1) == '-') {
        int highAt = pattern.at(at + 2) == '\\' && at + 3 < end ? at + 3 : at + 2;
        high = fold(pattern.at(highAt), foldCase);
        at = highAt;
      }
      found |= low <= value && value <= high;
      at++;
    }
    return found != negated;
  }

  private static int fold(byte value, boolean foldCase) {
    int c = value & 0xff;
    return foldCase && c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
}
