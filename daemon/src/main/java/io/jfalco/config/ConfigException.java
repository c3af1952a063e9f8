package io.jfalco.config;

/** A mistake in the configuration. The message is for the user. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A mistake. */
  public ConfigException(String message) {
    super(message);
  }

  /** A mistake below which lies another failure. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
