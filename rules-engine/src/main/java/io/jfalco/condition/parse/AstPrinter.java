package io.jfalco.condition.parse;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import java.util.List;
import java.util.Optional;

/**
 * Prints conditions as Falco does: groups in parentheses, texts in quotes only where a blank or the
 * like needs them. So empty texts, and those with a comma, a parenthesis or a backslash at the end,
 * do not survive printing and parsing.
 */
public final class AstPrinter implements ExprVisitor<StringBuilder> {
  private final StringBuilder out = new StringBuilder();

  private AstPrinter() {}

  /** The text of a condition. */
  public static String print(Expr expression) {
    return expression.accept(new AstPrinter()).toString();
  }

  /** The text of one side of a check. */
  public static String print(Operand operand) {
    return new AstPrinter().operand(operand).toString();
  }

  @Override
  public StringBuilder visitAnd(Expr.And and) {
    return group(and.operands(), " and ");
  }

  @Override
  public StringBuilder visitOr(Expr.Or or) {
    return group(or.operands(), " or ");
  }

  @Override
  public StringBuilder visitNot(Expr.Not not) {
    out.append("not ");
    return not.operand().accept(this);
  }

  @Override
  public StringBuilder visitMacroRef(Expr.MacroRef macro) {
    return out.append(macro.name());
  }

  @Override
  public StringBuilder visitExists(Expr.Exists exists) {
    return operand(exists.left()).append(" exists");
  }

  @Override
  public StringBuilder visitComparison(Expr.Comparison comparison) {
    operand(comparison.left()).append(' ').append(comparison.operator().symbol()).append(' ');
    if (comparison.modifier() != Modifier.NONE) {
      out.append(comparison.modifier().word()).append(' ');
    }
    if (comparison.right() instanceof Operand.ListOf list) {
      return items(list.items(), ", ");
    }
    return operand(comparison.right());
  }

  private StringBuilder group(List<Expr> operands, String separator) {
    out.append('(');
    for (int i = 0; i < operands.size(); i++) {
      out.append(i == 0 ? "" : separator);
      operands.get(i).accept(this);
    }
    return out.append(')');
  }

  private StringBuilder items(List<Operand> operands, String separator) {
    out.append('(');
    for (int i = 0; i < operands.size(); i++) {
      out.append(i == 0 ? "" : separator);
      operand(operands.get(i));
    }
    return out.append(')');
  }

  private StringBuilder operand(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return out.append(QuotedText.quote(literal.text()));
    }
    if (operand instanceof Operand.Field field) {
      out.append(field.name());
      return argument(field.argument());
    }
    if (operand instanceof Operand.Transformer transformer) {
      out.append(transformer.name());
      items(transformer.arguments(), ",");
      return argument(transformer.argument());
    }
    return items(((Operand.ListOf) operand).items(), ",");
  }

  private StringBuilder argument(Optional<String> argument) {
    if (argument.isPresent()) {
      String text = argument.get();
      out.append('[').append(text.isEmpty() ? "\"\"" : QuotedText.quote(text)).append(']');
    }
    return out;
  }
}
