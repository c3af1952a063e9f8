package io.jfalco.output;

import java.io.IOException;

/** An output cannot be used. The message says what failed, and how to mend it. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure without a cause of its own. */
  public OutputException(String message) {
    super(message);
  }

  /** A failure that comes from another. */
  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
