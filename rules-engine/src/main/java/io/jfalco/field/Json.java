package io.jfalco.field;

import java.util.List;

/** The little JSON that listings need. */
final class Json {
  private Json() {}

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** An array with one item on each line, indented further than {@code indent}. */
  static String array(List<String> items, int indent) {
    if (items.isEmpty()) {
      return "[]";
    }
    String margin = " ".repeat(indent);
    return "[\n" + margin + "  " + String.join(",\n" + margin + "  ", items) + "\n" + margin + "]";
  }

  /** Indents all lines but the first. */
  static String indent(String text, int indent) {
    return text.replace("\n", "\n" + " ".repeat(indent));
  }
}
