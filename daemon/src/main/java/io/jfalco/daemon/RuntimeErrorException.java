package io.jfalco.daemon;

/** A failure that Falco calls a runtime error. */
public final class RuntimeErrorException extends FatalException {
  private static final long serialVersionUID = 1L;

  /** A failure. */
  public RuntimeErrorException(String message) {
    super(message);
  }
}
