package io.jfalco.field;

/** A field that does not exist, or an argument that does not fit; the wording is Falco's. */
public final class FieldException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A mistake. */
  public FieldException(String message) {
    super(message);
  }
}
