package io.jfalco.condition.check;

import java.util.List;

/**
 * Puts the items of lists into the texts of conditions, before they are parsed: wherever the name
 * of a list stands alone, between blanks, parentheses, commas or equals signs.
 */
public final class ListSubstitution {
  /** Longest text that can come out; lists in lists can make any text grow without end. */
  public static final int MAX_LENGTH = 4 << 20;

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
    String text = condition;
    String name = list.name();
    int start = text.indexOf(name);
    while (start >= 0) {
      int end = start + name.length();
      if (isEdge(text, start - 1) && isEdge(text, end)) {
        int from = start;
        while (from > 0 && isBlank(text.charAt(from - 1))) {
          from--;
        }
        while (end < text.length() && isBlank(text.charAt(end))) {
          end++;
        }
        // Nothing between two commas would be no value.
        if (list.text().isEmpty()) {
          if (from > 0 && text.charAt(from - 1) == ',') {
            from--;
          } else if (end < text.length() && text.charAt(end) == ',') {
            end++;
          }
        }
        if ((long) text.length() + list.text().length() > MAX_LENGTH) {
          throw new IllegalArgumentException(
              "condition exceeds " + MAX_LENGTH + " characters with its lists");
        }
        text =
            (from > 0 ? text.substring(0, from) + " " : "")
                + list.text()
                + " "
                + text.substring(end);
        start = from + list.text().length() + 1;
      }
      start = text.indexOf(name, start + 1);
    }
    return text;
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
