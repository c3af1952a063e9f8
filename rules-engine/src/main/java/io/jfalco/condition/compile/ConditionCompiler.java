package io.jfalco.condition.compile;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.field.FieldCatalog;
import java.util.Objects;

/** Checks resolved conditions against the fields they name and compiles them. */
public final class ConditionCompiler {
  private final FieldCatalog catalog;

  /** A compiler for conditions over these fields. */
  public ConditionCompiler(FieldCatalog catalog) {
    this.catalog = Objects.requireNonNull(catalog);
  }

  /**
   * Compiles a condition in which no macro is left.
   *
   * @throws ConditionException when a field does not exist, an operator does not fit its type, or a
   *     value is none of that type; the message has Falco's wording
   */
  public Condition compile(Expr resolved) throws ConditionException {
    throw new ConditionException("not compiled yet over " + catalog, resolved.position());
  }
}
