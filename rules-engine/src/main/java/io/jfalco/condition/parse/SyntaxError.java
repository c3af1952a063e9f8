package io.jfalco.condition.parse;

import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Leaves the generated parser and the tree builder at the first mistake. */
final class SyntaxError extends ParseCancellationException {
  private static final long serialVersionUID = 1L;

  private final int index;

  /** A mistake at a character. */
  SyntaxError(String message, int index) {
    super(message);
    this.index = index;
  }

  /** Characters before the mistake. */
  int index() {
    return index;
  }
}
