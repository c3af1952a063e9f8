package io.jfalco.cli;

/** Text in a right column, broken at blanks as Falco does: a blank ends each word. */
final class TwoColumns {
  private TwoColumns() {}

  /**
   * The words of a text, on lines of which all but the first are indented.
   *
   * @param column where the right column begins
   * @param width where it ends
   */
  static String wrap(String text, int column, int width) {
    StringBuilder out = new StringBuilder(text.length() + 64);
    int used = 0;
    for (String word : text.strip().split("\\s+")) {
      int size = word.codePointCount(0, word.length()) + 1;
      if (used + size > width - column) {
        out.append('\n').append(" ".repeat(column));
        used = 0;
      }
      used += size;
      out.append(word).append(' ');
    }
    return out.toString();
  }

  /** The text and blanks up to a column. */
  static String pad(String text, int column) {
    return text + " ".repeat(Math.max(0, column - text.length()));
  }
}
