package io.jfalco.config;

/** A mistake in the configuration. The message is for the user. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String key;

  /** A mistake. */
  public ConfigException(String message) {
    this("", message);
  }

  /** A mistake in the value of a key. */
  ConfigException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** A mistake below which lies another failure. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
    this.key = "";
  }

  /** The key that it is about; empty for none. */
  String key() {
    return key;
  }
}
