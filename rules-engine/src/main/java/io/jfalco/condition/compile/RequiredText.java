package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Operator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text that every value contains that matches a pattern: the longest that is easily found, or
 * nothing. Patterns that cannot be looked up can be ruled out by it.
 */
final class RequiredText {
  private RequiredText() {}

  /** Of a shell pattern. */
  static Optional<Alternatives> ofGlob(String pattern) {
    return contains(longestPlain(pattern));
  }

  /** Of a list of paths, whose components may be shell patterns, any of which may match. */
  static Optional<Alternatives> ofPaths(List<byte[]> paths) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] path : paths) {
      String longest = "";
      for (String name : new String(path, StandardCharsets.ISO_8859_1).split("/", -1)) {
        String plain = longestPlain(name);
        longest = plain.length() > longest.length() ? plain : longest;
      }
      if (longest.isEmpty()) {
        return Optional.empty();
      }
      all.add(longest.getBytes(StandardCharsets.ISO_8859_1));
    }
    return contains(all);
  }

  private static String longestPlain(String pattern) {
    String longest = "";
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '[' || c == '\\') {
        break;
      }
      if (c == '*' || c == '?') {
        run.setLength(0);
      } else {
        run.append(c);
        longest = run.length() > longest.length() ? run.toString() : longest;
      }
    }
    return longest;
  }

  /**
   * Of a regular expression that was found to be well-formed. Looks no further than to the first
   * group, class, escape or count, and gives up where the whole may be a choice.
   */
  static Optional<Alternatives> ofRegex(String regex) {
    if (mayBeChoice(regex)) {
      return Optional.empty();
    }
    String longest = "";
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '*' || c == '?' || c == '{') {
        run.setLength(Math.max(0, run.length() - 1));
      }
      if ("()[\\{".indexOf(c) >= 0) {
        break;
      }
      if ("*?+.^$".indexOf(c) >= 0 || c >= 0x7f) {
        longest = longer(longest, run);
        run.setLength(0);
      } else {
        run.append(c);
      }
    }
    return contains(longer(longest, run));
  }

  /** False when each bar is in a group or class for certain. */
  private static boolean mayBeChoice(String regex) {
    if (regex.indexOf('|') < 0) {
      return false;
    }
    if (regex.contains("[[") || regex.contains("[^") || regex.contains("[]")) {
      return true;
    }
    int depth = 0;
    for (int i = 0; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = regex.indexOf(']', i + 2);
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {
          // Stands for itself, or repeats what stands before.
        }
      }
      if (i < 0) {
        return true;
      }
    }
    return false;
  }

  private static String longer(String longest, StringBuilder run) {
    return run.length() > longest.length() ? run.toString() : longest;
  }

  private static Optional<Alternatives> contains(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : contains(List.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Optional<Alternatives> contains(List<byte[]> texts) {
    return TextAlternatives.of(Operator.CONTAINS, texts).map(Alternatives.class::cast);
  }
}
