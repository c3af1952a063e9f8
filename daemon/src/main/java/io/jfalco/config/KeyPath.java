package io.jfalco.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to a node of the configuration: {@code base.list[1].key}; {@code list[]} is a new element
 * at the end; a backslash takes the meaning from a dot, bracket or backslash.
 */
record KeyPath(String text, List<Step> steps) {
  /** Index of {@code []}. */
  static final int APPEND = -1;

  /** One step down. */
  sealed interface Step permits Name, Index {}

  /** Into a map. */
  record Name(String key) implements Step {}

  /** Into a list. */
  record Index(int index) implements Step {}

  static KeyPath parse(String text) throws ConfigException {
    try {
      return new KeyPath(text, List.copyOf(new Parser(text).steps()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "Config error at key \"" + text + "\": Parsing error: " + e.getMessage(), e);
    }
  }

  /** The same with {@link #APPEND} for all indexes. */
  KeyPath withoutIndexes() {
    List<Step> changed = new ArrayList<>();
    steps.forEach(step -> changed.add(step instanceof Index ? new Index(APPEND) : step));
    return new KeyPath(text, List.copyOf(changed));
  }

  /** Reads a path from left to right. */
  private static final class Parser {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Step> steps() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\') {
          escaped();
        } else if (c == '.') {
          endName();
          at++;
        } else if (c == '[') {
          endName();
          indexes();
        } else {
          name.append(c);
          at++;
        }
      }
      if (!name.isEmpty()) {
        endName();
      }
      return steps;
    }

    private void escaped() {
      if (at + 1 == text.length()) {
        throw new IllegalArgumentException("trailing backslash at pos " + at);
      }
      char next = text.charAt(at + 1);
      if (".[]\\".indexOf(next) < 0) {
        throw new IllegalArgumentException("invalid escape sequence '\\" + next + "' at pos " + at);
      }
      name.append(next);
      at += 2;
    }

    private void endName() {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("unexpected character at pos " + at);
      }
      steps.add(new Name(name.toString()));
      name.setLength(0);
    }

    /** One or more brackets, and the dot behind them. */
    private void indexes() {
      while (at < text.length() && text.charAt(at) == '[') {
        int close = text.indexOf(']', at);
        String number = close < 0 ? text.substring(at + 1) : text.substring(at + 1, close);
        steps.add(new Index(index(number)));
        if (close < 0) {
          throw new IllegalArgumentException("expected a numeric index, found '" + number + "'");
        }
        at = close + 1;
      }
      if (at == text.length()) {
        return;
      }
      if (text.charAt(at) != '.') {
        throw new IllegalArgumentException("expected '.' character at pos " + (at - 1));
      }
      at++;
    }

    private static int index(String number) {
      if (number.isEmpty()) {
        return APPEND;
      }
      try {
        int index = Integer.parseInt(number);
        if (index >= 0) {
          return index;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new IllegalArgumentException("expected a numeric index, found '" + number + "'");
    }
  }
}
