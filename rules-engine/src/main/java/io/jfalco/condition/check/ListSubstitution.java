package io.jfalco.condition.check;

import io.jfalco.condition.parse.ConditionParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the items of lists into the texts of conditions, before they are parsed: wherever the name
 * of a list stands alone, between blanks, parentheses, commas or equals signs.
 */
public final class ListSubstitution {
  /** Longest text that can come out; lists in lists can make any text grow without end. */
  public static final int MAX_LENGTH = ConditionParser.MAX_LENGTH;

  private ListSubstitution() {}

  /** A list to put in: its name, and its items with commas between them. */
  public record Items(String name, String text) {
    /** A list with these items; those with a blank get quotes unless they have some. */
    public static Items of(String name, List<String> items) {
      StringBuilder text = new StringBuilder();
      for (String item : items) {
        text.append(text.isEmpty() ? "" : ", ").append(quote(item));
      }
      return new Items(name, text.toString());
    }
  }

  /**
   * Checks the length of a condition.
   *
   * @throws IllegalArgumentException when it is longer than {@link #MAX_LENGTH}
   */
  public static void checkLength(CharSequence condition) {
    if (condition.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "condition exceeds " + MAX_LENGTH + " characters with its lists");
    }
  }

  /** What stands in a condition between blanks, parentheses, commas and equals signs. */
  public static Set<String> words(String condition) {
    Set<String> words = new HashSet<>();
    int start = 0;
    for (int i = 0; i <= condition.length(); i++) {
      if (isEdge(condition, i)) {
        if (i > start) {
          words.add(condition.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** True for a name that can only be put in where it is one of the words of a condition. */
  public static boolean isWord(String name) {
    return words(name).contains(name);
  }

  /** The item in double quotes if it has a blank and does not begin with a quote. */
  public static String quote(String item) {
    return item.indexOf(' ') >= 0 && item.charAt(0) != '"' && item.charAt(0) != '\''
        ? '"' + item + '"'
        : item;
  }

  /**
   * The condition with the items in place of the list's name; the same object when it does not name
   * the list.
   *
   * @throws IllegalArgumentException when the result would be longer than {@link #MAX_LENGTH}
   */
  public static String substitute(String condition, Items list) {
    String name = list.name();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int search = 0;
    for (int start = condition.indexOf(name); start >= 0; start = condition.indexOf(name, search)) {
      int end = start + name.length();
      // Where a list was put in, a blank stands before what follows.
      boolean begins = start == copied || isEdge(condition, start - 1);
      if (begins && isEdge(condition, end)) {
        out.append(condition, copied, start);
        copied = put(out, list.text(), condition, end);
        // Falco passes over a character behind a list at the very beginning.
        boolean first = out.length() == list.text().length() + 1;
        search = first ? copied + 1 : copied;
        checkLength(out);
      } else {
        search = start + 1;
      }
    }
    return copied == 0 ? condition : out.append(condition, copied, condition.length()).toString();
  }

  /** Puts the items behind the text so far, and tells where the rest of the condition begins. */
  private static int put(StringBuilder out, String items, String condition, int end) {
    int rest = end;
    while (!out.isEmpty() && isBlank(out.charAt(out.length() - 1))) {
      out.setLength(out.length() - 1);
    }
    while (rest < condition.length() && isBlank(condition.charAt(rest))) {
      rest++;
    }
    // Nothing between two commas would be no value.
    if (items.isEmpty()) {
      if (!out.isEmpty() && out.charAt(out.length() - 1) == ',') {
        out.setLength(out.length() - 1);
      } else if (rest < condition.length() && condition.charAt(rest) == ',') {
        rest++;
      }
    }
    out.append(out.isEmpty() ? "" : " ").append(items).append(' ');
    return rest;
  }

  private static boolean isEdge(String text, int index) {
    if (index < 0 || index >= text.length()) {
      return true;
    }
    char character = text.charAt(index);
    return isBlank(character)
        || character == '('
        || character == ')'
        || character == ','
        || character == '=';
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
