package io.jfalco.condition.compile;

import java.util.HexFormat;

/**
 * Reads a regular expression as RE2 does in its POSIX mode (extended regular expressions, a few
 * escapes, nothing of Perl's) and writes it in the syntax of the Java library. Mistakes get RE2's
 * messages.
 */
final class PosixSyntax {
  private static final int MAX_REPEAT = 1000;
  private static final int MAX_DEPTH = 1000;

  private final String regex;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  PosixSyntax(String regex) {
    this.regex = regex;
  }

  String translate() {
    alternatives();
    if (at < regex.length()) {
      throw problem("unexpected )", regex);
    }
    return out.toString();
  }

  /** Reads alternatives and tells how many copies of its innermost part they stand for. */
  private int alternatives() {
    int copies = sequence();
    while (at < regex.length() && regex.charAt(at) == '|') {
      out.append('|');
      at++;
      copies = Math.max(copies, sequence());
    }
    return copies;
  }

  private int sequence() {
    int most = 1;
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      int piece = out.length();
      int start = at;
      if (isRepetition()) {
        repetition(1);
        throw problem("no argument for repetition operator", regex.substring(start, at));
      }
      int copies = atom();
      boolean repeated = false;
      while (at < regex.length() && isRepetition()) {
        if (repeated) {
          out.insert(piece, "(?:").append(')');
        }
        copies = repetition(copies);
        repeated = true;
      }
      most = Math.max(most, copies);
    }
    return most;
  }

  private int atom() {
    char c = regex.charAt(at);
    if (c == '(') {
      return group();
    }
    switch (c) {
      case '[' -> brackets();
      case '\\' -> escape();
      case '.', '^', '$' -> {
        out.append(c);
        at++;
      }
      default -> {
        literal(regex.codePointAt(at));
        at += Character.charCount(regex.codePointAt(at));
      }
    }
    return 1;
  }

  private int group() {
    if (++depth > MAX_DEPTH) {
      throw problem("expression nests too deeply", regex);
    }
    at++;
    out.append("(?:");
    int copies = alternatives();
    if (at >= regex.length()) {
      throw problem("missing )", regex);
    }
    at++;
    depth--;
    out.append(')');
    return copies;
  }

  private boolean isRepetition() {
    char c = regex.charAt(at);
    return c == '*' || c == '+' || c == '?' || c == '{' && boundsEnd() > 0;
  }

  private String repetitionText() {
    return regex.charAt(at) == '{' ? regex.substring(at, boundsEnd()) : regex.substring(at, at + 1);
  }

  private int repetition(int copies) {
    String text = repetitionText();
    int all = copies;
    if (text.charAt(0) == '{') {
      int times = bounds(text);
      all *= Math.max(1, times);
      if (times > 1 && all > MAX_REPEAT) {
        throw problem("invalid repetition size", text);
      }
    }
    at += text.length();
    out.append(text);
    return all;
  }

  /** Index behind the closing brace of {n}, {n,} or {n,m} at the current place, or -1. */
  private int boundsEnd() {
    int i = digits(at + 1);
    if (i == at + 1) {
      return -1;
    }
    if (i < regex.length() && regex.charAt(i) == ',') {
      i = digits(i + 1);
    }
    return i < regex.length() && regex.charAt(i) == '}' ? i + 1 : -1;
  }

  private int digits(int from) {
    int i = from;
    while (i < regex.length() && regex.charAt(i) >= '0' && regex.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The upper bound, or the lower if there is none. */
  private static int bounds(String text) {
    String[] bounds = text.substring(1, text.length() - 1).split(",", -1);
    int low = bound(bounds[0], text);
    if (bounds.length == 1 || bounds[1].isEmpty()) {
      return low;
    }
    int high = bound(bounds[1], text);
    if (high < low) {
      throw problem("invalid repetition size", text);
    }
    return high;
  }

  private static int bound(String digits, String text) {
    if (digits.length() > 6 || Integer.parseInt(digits) > MAX_REPEAT) {
      throw problem("invalid repetition size", text);
    }
    return Integer.parseInt(digits);
  }

  private void escape() {
    int start = at;
    if (++at >= regex.length()) {
      throw problem("trailing \\", "");
    }
    literal(escaped(start));
  }

  /** The character that the escape stands for; leaves the place behind it. */
  private int escaped(int start) {
    int c = regex.codePointAt(at);
    at += Character.charCount(c);
    switch (c) {
      case 'a':
        return 7;
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'v':
        return 11;
      case 'x':
        return hexadecimal(start);
      case '0':
        return octal(0);
      default:
        break;
    }
    if (c >= '1' && c <= '7' && at < regex.length() && isOctal(regex.charAt(at))) {
      return octal(c - '0');
    }
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      return c;
    }
    throw problem("invalid escape sequence", regex.substring(start, at));
  }

  private int octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && at < regex.length() && isOctal(regex.charAt(at)); i++) {
      value = value * 8 + regex.charAt(at++) - '0';
    }
    return value;
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private int hexadecimal(int start) {
    int first = hexadecimalCharacter(start);
    if (first != '{') {
      int second = hexadecimalCharacter(start);
      if (!HexFormat.isHexDigit(first) || !HexFormat.isHexDigit(second)) {
        throw problem("invalid escape sequence", regex.substring(start, at));
      }
      return HexFormat.fromHexDigit(first) * 16 + HexFormat.fromHexDigit(second);
    }
    if (at >= regex.length()) {
      throw problem("invalid UTF-8", "");
    }
    int value = 0;
    int from = at;
    int c = hexadecimalCharacter(start);
    while (HexFormat.isHexDigit(c)) {
      value = value * 16 + HexFormat.fromHexDigit(c);
      if (value > Character.MAX_CODE_POINT) {
        throw problem("invalid escape sequence", regex.substring(start, at));
      }
      c = hexadecimalCharacter(start);
    }
    if (c != '}' || at == from + 1) {
      throw problem("invalid escape sequence", regex.substring(start, at));
    }
    return value;
  }

  private int hexadecimalCharacter(int start) {
    if (at >= regex.length()) {
      throw problem("invalid escape sequence", regex.substring(start));
    }
    int c = regex.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void brackets() {
    int start = at++;
    out.append('[');
    if (at < regex.length() && regex.charAt(at) == '^') {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (at >= regex.length() || regex.charAt(at) != ']' || first) {
      if (at >= regex.length()) {
        throw problem("missing ]", regex.substring(start));
      }
      if (regex.charAt(at) == '-'
          && !first
          && (at + 1 == regex.length() || regex.charAt(at + 1) != ']')) {
        if (at + 1 == regex.length()) {
          throw problem("invalid UTF-8", "");
        }
        int end = regex.offsetByCodePoints(at, 2);
        throw problem("invalid character class range", regex.substring(at, end));
      }
      first = false;
      if (regex.startsWith("[:", at) && regex.indexOf(":]", at + 2) > 0) {
        namedClass();
      } else {
        range(start);
      }
    }
    at++;
    out.append(']');
  }

  private void namedClass() {
    int end = regex.indexOf(":]", at + 2) + 2;
    String name = regex.substring(at, end);
    if (!name.matches(
        "\\[:\\^?(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct"
            + "|space|upper|word|xdigit):]")) {
      throw problem("invalid character class range", name);
    }
    out.append(name);
    at = end;
  }

  private void range(int start) {
    int from = at;
    int low = member(start);
    int high = low;
    if (at + 1 < regex.length() && regex.charAt(at) == '-' && regex.charAt(at + 1) != ']') {
      at++;
      high = member(start);
      if (high < low) {
        throw problem("invalid character class range", regex.substring(from, at));
      }
    }
    classMember(low);
    if (high != low) {
      out.append('-');
      classMember(high);
    }
  }

  private int member(int start) {
    if (at >= regex.length()) {
      throw problem("missing ]", regex.substring(start));
    }
    int c = regex.codePointAt(at);
    if (c == '\\') {
      int escape = at++;
      if (at >= regex.length()) {
        throw problem("trailing \\", "");
      }
      return escaped(escape);
    }
    at += Character.charCount(c);
    return c;
  }

  private void classMember(int c) {
    out.append("\\x{").append(Integer.toHexString(c)).append('}');
  }

  private void literal(int c) {
    if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      classMember(c);
    } else {
      out.appendCodePoint(c);
    }
  }

  private static CompileFailure problem(String what, String where) {
    return new CompileFailure(
        "invalid regex pattern: " + what + (where.isEmpty() ? "" : ": " + where));
  }
}
