package io.jfalco.condition;

import io.jfalco.condition.ast.Position;

/**
 * A mistake in a condition: syntax, unknown field, operator that does not fit the type, value that
 * is no number. The message has Falco's wording.
 */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Position position;

  /** A mistake at a place. */
  public ConditionException(String message, Position position) {
    super(message);
    this.position = position;
  }

  /** Where in the condition's text. */
  public Position position() {
    return position;
  }
}
