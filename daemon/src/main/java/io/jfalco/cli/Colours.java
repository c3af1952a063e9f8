package io.jfalco.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours for a terminal: each family of fields has its own. */
final class Colours {
  private static final String RESET = "\u001b[0m";

  /** A field with width and argument; transformers, which have a parenthesis, stay as they are. */
  private static final Pattern FIELD =
      Pattern.compile("%\\d*([a-z][a-z0-9_]*)\\.[a-z0-9_.]+(\\[[^\\]]*])?(?![a-z0-9_.(\\[])");

  private Colours() {}

  /** The format with the colours in it. */
  static String of(String format) {
    Matcher fields = FIELD.matcher(format);
    StringBuilder out = new StringBuilder();
    while (fields.find()) {
      String coloured = "\u001b[" + colour(fields.group(), fields.group(1)) + "m" + fields.group();
      fields.appendReplacement(out, Matcher.quoteReplacement(coloured + RESET));
    }
    return fields.appendTail(out).toString();
  }

  private static String colour(String field, String family) {
    if (field.startsWith("%evt.type")) {
      return "1;33";
    }
    return switch (family) {
      case "evt" -> field.startsWith("%evt.info") || field.startsWith("%evt.arg") ? "0" : "2";
      case "proc", "thread" -> "36";
      case "fd", "fs" -> "32";
      case "user", "group" -> "34";
      case "container", "k8s" -> "35";
      default -> "0";
    };
  }
}
