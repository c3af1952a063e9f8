package io.jfalco.driver.capture;

/** The blocks of a capture contradict themselves; nothing behind this point can be used. */
final class DamageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fix;

  DamageException(String what) {
    this(what, "");
  }

  DamageException(String what, String fix) {
    super(what);
    this.fix = fix;
  }

  /** What the reader can do; may be empty. */
  String fix() {
    return fix;
  }
}
