package io.jfalco.condition.check;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import io.jfalco.condition.ast.Position;
import io.jfalco.field.Field;
import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values in conditions that are valid but probably not what was meant. */
public final class ConditionWarnings {
  private static final Pattern FIELD =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_]*)+)(\\[[^\\[\\]]+])?");
  private static final Pattern TRANSFORMER =
      Pattern.compile("(?s)(?:val|tolower|toupper|b64|basename|len|join|concat|getopt)\\(.*\\)");
  private static final String SPECIAL = ".+*?^$()[]{}|\\";

  private final FieldCatalog catalog;
  private final List<Warning> warnings = new ArrayList<>();

  /** One of them. */
  public record Warning(String message, Position position) {}

  private ConditionWarnings(FieldCatalog catalog) {
    this.catalog = catalog;
  }

  /** The warnings about a condition without macros, in the order of its checks. */
  public static List<Warning> of(Expr resolved, FieldCatalog catalog) {
    ConditionWarnings found = new ConditionWarnings(catalog);
    ExprWalk.comparisons(resolved, found::check);
    return found.warnings;
  }

  private void check(Expr.Comparison comparison) {
    Operand right = comparison.right();
    if (right instanceof Operand.Literal literal) {
      check(comparison.operator(), literal.text(), right.position());
    } else if (right instanceof Operand.ListOf list) {
      for (Operand item : list.items()) {
        check(comparison.operator(), ((Operand.Literal) item).text(), right.position());
      }
    }
  }

  private void check(Operator operator, String value, Position position) {
    if (operator == Operator.REGEX && isSimple(value)) {
      warnings.add(
          new Warning(
              "regex check with '"
                  + value
                  + "' may be optimized with simpler operators such as '=', 'contains',"
                  + " 'startswith', 'endswith'",
              position));
    }
    String compact = value.replaceAll("\\s", "");
    if (isField(compact)) {
      warnings.add(
          new Warning(
              "'" + value + "' may be a valid field misused as a const string value", position));
    }
    if (TRANSFORMER.matcher(compact).matches()) {
      warnings.add(
          new Warning(
              "'" + value + "' may be a valid field transformer misused as a const string value",
              position));
    }
  }

  private boolean isField(String text) {
    Matcher matcher = FIELD.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    Optional<Field> field = catalog.find(matcher.group(1));
    boolean argument = matcher.group(2) != null;
    return field.isPresent()
        && (argument
            ? field.get().is(FieldFlag.ARG_ALLOWED) || field.get().is(FieldFlag.ARG_REQUIRED)
            : !field.get().is(FieldFlag.ARG_REQUIRED));
  }

  /** True for a pattern with nothing special in it but anchors and "any text" at its ends. */
  private static boolean isSimple(String pattern) {
    int length = pattern.length();
    for (int i = 0; i < length; i++) {
      char character = pattern.charAt(i);
      boolean anchor = (i == 0 && character == '^') || (i == length - 1 && character == '$');
      boolean end = (i == 0 && length > 1) || i == length - 2;
      if (end && character == '.' && "+*?".indexOf(pattern.charAt(i + 1)) >= 0) {
        i++;
      } else if (!anchor && SPECIAL.indexOf(character) >= 0) {
        return false;
      }
    }
    return true;
  }
}
