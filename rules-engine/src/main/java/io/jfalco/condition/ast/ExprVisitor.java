package io.jfalco.condition.ast;

/** One method for each kind of expression, so that a new kind does not go unnoticed. */
public interface ExprVisitor<R> {
  R visitAnd(Expr.And and);

  R visitOr(Expr.Or or);

  R visitNot(Expr.Not not);

  R visitMacroRef(Expr.MacroRef macro);

  R visitExists(Expr.Exists exists);

  R visitComparison(Expr.Comparison comparison);
}
