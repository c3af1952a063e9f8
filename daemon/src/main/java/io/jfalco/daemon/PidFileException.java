package io.jfalco.daemon;

/** The file for the process id cannot be written; Falco has an exit code of its own for that. */
public final class PidFileException extends FatalException {
  private static final long serialVersionUID = 1L;

  PidFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
