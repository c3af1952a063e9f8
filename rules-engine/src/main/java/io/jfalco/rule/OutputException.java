package io.jfalco.rule;

/** A mistake in an output: unknown field, bad syntax. The message has Falco's wording. */
public final class OutputException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A mistake. */
  public OutputException(String message) {
    super(message);
  }
}
