package io.jfalco.condition.parse;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.ExprVisitor;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Position;
import java.util.ArrayList;
import java.util.List;

/** Copies trees without positions and quotes, so that equals compares the rest. */
final class PlainTree implements ExprVisitor<Expr> {
  private static final Position AT = Position.START;

  private PlainTree() {}

  static Expr of(Expr expression) {
    return expression.accept(new PlainTree());
  }

  @Override
  public Expr visitAnd(Expr.And and) {
    return new Expr.And(all(and.operands()), AT);
  }

  @Override
  public Expr visitOr(Expr.Or or) {
    return new Expr.Or(all(or.operands()), AT);
  }

  @Override
  public Expr visitNot(Expr.Not not) {
    return new Expr.Not(not.operand().accept(this), AT);
  }

  @Override
  public Expr visitMacroRef(Expr.MacroRef macro) {
    return new Expr.MacroRef(macro.name(), AT);
  }

  @Override
  public Expr visitExists(Expr.Exists exists) {
    return new Expr.Exists(operand(exists.left()), AT);
  }

  @Override
  public Expr visitComparison(Expr.Comparison comparison) {
    return new Expr.Comparison(
        operand(comparison.left()),
        comparison.operator(),
        comparison.modifier(),
        operand(comparison.right()),
        AT);
  }

  private List<Expr> all(List<Expr> operands) {
    List<Expr> copies = new ArrayList<>();
    operands.forEach(operand -> copies.add(operand.accept(this)));
    return copies;
  }

  private static List<Operand> operands(List<Operand> operands) {
    return operands.stream().map(PlainTree::operand).toList();
  }

  private static Operand operand(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return new Operand.Literal(literal.text(), false, AT);
    }
    if (operand instanceof Operand.Field field) {
      return new Operand.Field(field.name(), field.argument(), AT);
    }
    if (operand instanceof Operand.Transformer transformer) {
      return new Operand.Transformer(
          transformer.name(), operands(transformer.arguments()), transformer.argument(), AT);
    }
    return new Operand.ListOf(operands(((Operand.ListOf) operand).items()), AT);
  }
}
