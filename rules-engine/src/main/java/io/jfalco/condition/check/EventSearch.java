package io.jfalco.condition.check;

import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operand;
import io.jfalco.condition.ast.Operator;
import java.util.BitSet;
import java.util.List;

/**
 * Finds for which events a condition can hold. A check on evt.type gives the named events, any
 * other check all of them, negated or not; {@code and} cuts, {@code or} unites. Negations are
 * pushed down to the checks, so a check on evt.type below an odd number of them gives the other
 * events.
 */
final class EventSearch {
  private final EventDomain domain;

  EventSearch(EventDomain domain) {
    this.domain = domain;
  }

  BitSet find(Expr expression, boolean negated) throws EventSearchException {
    if (expression instanceof Expr.Not not) {
      return find(not.operand(), !negated);
    }
    if (expression instanceof Expr.And and) {
      return negated ? union(and.operands(), true) : intersection(and.operands(), false);
    }
    if (expression instanceof Expr.Or or) {
      return negated ? intersection(or.operands(), true) : union(or.operands(), false);
    }
    if (expression instanceof Expr.Comparison comparison) {
      return comparison(comparison, negated);
    }
    if (expression instanceof Expr.Exists exists && isEventType(exists.left())) {
      return negated ? new BitSet() : domain.all();
    }
    return domain.all();
  }

  private BitSet union(List<Expr> operands, boolean negated) throws EventSearchException {
    BitSet found = new BitSet();
    for (Expr operand : operands) {
      found.or(find(operand, negated));
    }
    return found;
  }

  private BitSet intersection(List<Expr> operands, boolean negated) throws EventSearchException {
    BitSet found = domain.all();
    for (Expr operand : operands) {
      found.and(find(operand, negated));
    }
    return found;
  }

  private BitSet comparison(Expr.Comparison comparison, boolean negated)
      throws EventSearchException {
    if (!isSearched(comparison) || !isEventType(comparison.left())) {
      return domain.all();
    }
    BitSet named = named(comparison.right());
    if (negated ^ comparison.operator() == Operator.NE) {
      BitSet others = domain.all();
      others.andNot(named);
      return others;
    }
    return named;
  }

  private static boolean isSearched(Expr.Comparison comparison) {
    if (comparison.modifier() != Modifier.NONE) {
      return false;
    }
    return switch (comparison.operator()) {
      case EQ, EQ2, NE, IN -> true;
      default -> false;
    };
  }

  private BitSet named(Operand right) throws EventSearchException {
    if (right instanceof Operand.Literal literal) {
      return domain.named(literal.text());
    }
    if (right instanceof Operand.ListOf list) {
      return domain.named(
          list.items().stream().map(item -> ((Operand.Literal) item).text()).toList());
    }
    isEventType(right);
    throw new EventSearchException(
        "right-hand field comparisons on `evt.type`/`syscall.type` checks are not supported by"
            + " event code search");
  }

  private static boolean isEventType(Operand operand) throws EventSearchException {
    if (operand instanceof Operand.Field field) {
      return field.argument().isEmpty()
          && (field.name().equals("evt.type") || field.name().equals("syscall.type"));
    }
    if (operand instanceof Operand.Transformer transformer) {
      for (Operand argument : transformer.arguments()) {
        if (isEventType(argument)) {
          throw new EventSearchException(
              "event code search does not support `evt.type` checks with transformers");
        }
      }
    }
    if (operand instanceof Operand.ListOf list) {
      boolean last = false;
      for (Operand item : list.items()) {
        last = isEventType(item);
      }
      return last;
    }
    return false;
  }
}
