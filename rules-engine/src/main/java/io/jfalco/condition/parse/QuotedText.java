package io.jfalco.condition.parse;

/** Quotes and escapes of texts in conditions. */
final class QuotedText {
  private QuotedText() {}

  /**
   * The text between the quotes, its escapes resolved.
   *
   * @param end index of the character behind the closing quote, for errors
   */
  static String unquote(String quoted, int end) {
    if (quoted.indexOf('\\') < 0) {
      return quoted.substring(1, quoted.length() - 1);
    }
    StringBuilder text = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char character = quoted.charAt(i);
      text.append(character == '\\' ? escaped(quoted, ++i, end) : character);
    }
    return text.toString();
  }

  private static char escaped(String quoted, int at, int end) {
    char character = quoted.charAt(at);
    return switch (character) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      // Old rules have a backslash before a blank; the blank is lost.
      case ' ', '\\' -> '\\';
      case '/' -> '/';
      case '"', '\'' -> quote(character, quoted.charAt(0), end);
      default -> throw new SyntaxError("unsupported string escape sequence: \\" + character, end);
    };
  }

  private static char quote(char character, char delimiter, int end) {
    if (character != delimiter) {
      throw new SyntaxError(
          "invalid \\" + character + " escape in " + delimiter + "-quoted string", end);
    }
    return character;
  }

  /** The text as Falco prints it: in quotes only where it needs them. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    boolean needed = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      String escape =
          switch (character) {
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            case '"' -> "\\\"";
            default -> null;
          };
      needed |= escape != null || character == ' ' || character == '=' || character == '\'';
      if (escape == null) {
        quoted.append(character);
      } else {
        quoted.append(escape);
      }
    }
    return needed ? quoted.append('"').toString() : text;
  }
}
