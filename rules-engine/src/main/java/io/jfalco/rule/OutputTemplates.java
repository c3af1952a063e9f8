package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.compile.Source;
import io.jfalco.condition.compile.SourceParser;
import io.jfalco.field.FieldCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses outputs of rules: text with {@code %field}, {@code %field[argument]}, {@code
 * %field.argument} and {@code %transformer(field)} in it, each with a width before its name if
 * wanted: {@code %10proc.name}.
 */
public final class OutputTemplates {
  private final SourceParser sources;

  /** Templates over these fields. */
  public OutputTemplates(FieldCatalog catalog) {
    this.sources = new SourceParser(catalog);
  }

  /**
   * Parses an output.
   *
   * @throws OutputException when the output names a field that does not exist or ends in a percent
   *     sign; the message has Falco's wording
   */
  public AlertTemplate parse(String output) throws OutputException {
    String text = output.startsWith("*") ? output.substring(1) : output;
    List<TemplatePart> parts = new ArrayList<>();
    List<TemplateField> fields = new ArrayList<>();
    int literal = 0;
    int at = text.indexOf('%');
    while (at >= 0) {
      if (literal < at) {
        parts.add(TemplatePart.text(text.substring(literal, at)));
      }
      int name = at + 1;
      while (name < text.length() && isDigit(text.charAt(name))) {
        name++;
      }
      if (name == text.length()) {
        throw new OutputException(
            "invalid formatting syntax: formatting cannot end with a "
                + (name == at + 1 ? "%" : "number"));
      }
      SourceParser.Parsed parsed = parseField(text, name);
      parts.add(TemplatePart.field(parsed.source(), width(text.substring(at + 1, name))));
      parsed.fields().forEach(field -> fields.add(new TemplateField(field)));
      literal = name + parsed.length();
      at = text.indexOf('%', literal);
    }
    if (literal < text.length()) {
      parts.add(TemplatePart.text(text.substring(literal)));
    }
    return new CompiledTemplate(parts, fields);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int width(String digits) {
    return digits.isEmpty() ? 0 : (int) Math.min(Long.parseLong("0" + tail(digits)), 4096);
  }

  private static String tail(String digits) {
    return digits.length() > 9 ? "999999999" : digits;
  }

  /** The longest field or transformer that starts here and exists. */
  private SourceParser.Parsed parseField(String text, int start) throws OutputException {
    String problem = "unexpected token after '";
    int end = SourceParser.longest(text, start);
    while (end > start) {
      try {
        return sources.parse(text.substring(start, end));
      } catch (ConditionException e) {
        problem = e.getMessage();
        end--;
      }
    }
    throw new OutputException("unknown filter: " + problem);
  }
}
