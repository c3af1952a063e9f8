package io.jfalco.rule;

import io.jfalco.field.FieldCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses outputs of rules: text with {@code %field}, {@code %field[argument]}, {@code
 * %field.argument} and {@code %transformer(field)} in it, each with a width before its name if
 * wanted: {@code %10proc.name}.
 */
public final class OutputTemplates {
  /** Longest output. */
  public static final int MAX_LENGTH = 65_536;

  private static final int WIDEST = 65_536;

  private final OutputFields outputFields;

  /** Templates over these fields. */
  public OutputTemplates(FieldCatalog catalog) {
    this.outputFields = new OutputFields(catalog);
  }

  /**
   * Parses an output.
   *
   * @throws OutputException when the output is empty, names a field that does not exist or ends in
   *     a percent sign; the message has Falco's wording
   */
  public AlertTemplate parse(String output) throws OutputException {
    if (output.length() > MAX_LENGTH) {
      throw new OutputException("output exceeds " + MAX_LENGTH + " characters");
    }
    if (output.isEmpty()) {
      throw new OutputException("empty formatting token");
    }
    String text = output.startsWith("*") ? output.substring(1) : output;
    List<TemplatePart> parts = new ArrayList<>();
    List<OutputFields.Named> named = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int literal = 0;
    int percent = text.indexOf('%');
    while (percent >= 0) {
      addText(parts, text.substring(literal, percent));
      int start = percent + 1;
      while (start < text.length() && isDigit(text.charAt(start))) {
        start++;
      }
      if (start == text.length()) {
        String what = start == percent + 1 ? "%" : "number";
        throw new OutputException(
            "invalid formatting syntax: formatting cannot end with a " + what);
      }
      OutputFields.Parsed parsed = outputFields.parse(text, start);
      parts.add(new TemplatePart.Shown(parsed.source(), width(text, percent + 1, start)));
      named.addAll(parsed.named());
      names.addAll(parsed.names());
      literal = parsed.end();
      percent = text.indexOf('%', literal);
    }
    addText(parts, text.substring(literal));
    return new CompiledTemplate(parts, named, names);
  }

  private static void addText(List<TemplatePart> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new TemplatePart.Literal(text));
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int width(String text, int start, int end) {
    int width = 0;
    for (int i = start; i < end && width < WIDEST; i++) {
      width = width * 10 + text.charAt(i) - '0';
    }
    return Math.min(width, WIDEST);
  }
}
