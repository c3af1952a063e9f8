package io.jfalco.condition.ast;

import java.util.List;

/** A condition, or a part of one. Immutable. */
public sealed interface Expr {
  /** Where the expression starts in its condition. */
  Position position();

  /** Calls the method of the visitor for this kind of expression. */
  <R> R accept(ExprVisitor<R> visitor);

  /** All of the operands; at least two. */
  record And(List<Expr> operands, Position position) implements Expr {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitAnd(this);
    }
  }

  /** At least one of the operands; at least two. */
  record Or(List<Expr> operands, Position position) implements Expr {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitOr(this);
    }
  }

  /** The opposite of the operand. */
  record Not(Expr operand, Position position) implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitNot(this);
    }
  }

  /** A macro by name; none are left after macros were resolved. */
  record MacroRef(String name, Position position) implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitMacroRef(this);
    }
  }

  /** {@code left exists}. */
  record Exists(Operand left, Position position) implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitExists(this);
    }
  }

  /** {@code left operator [modifier] right}. */
  record Comparison(
      Operand left, Operator operator, Modifier modifier, Operand right, Position position)
      implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
      return visitor.visitComparison(this);
    }
  }
}
