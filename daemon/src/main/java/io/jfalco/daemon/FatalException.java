package io.jfalco.daemon;

/** The daemon cannot go on. The message is for the user. */
public class FatalException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure. */
  public FatalException(String message) {
    super(message);
  }

  /** A failure caused by another. */
  public FatalException(String message, Throwable cause) {
    super(message, cause);
  }
}
