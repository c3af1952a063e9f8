package io.jfalco.field;

/** A field that does not exist, or an argument that does not fit; the wording is Falco's. */
public final class FieldException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the message is about; the catalogue adds the field as it was written. */
  enum Kind {
    WHOLE(""),
    NO_FIELD("filter_check called with nonexistent field "),
    SYNTAX("filter syntax error: ");

    private final String start;

    Kind(String start) {
      this.start = start;
    }
  }

  private final Kind kind;

  /** A mistake. */
  public FieldException(String message) {
    super(message);
    this.kind = Kind.WHOLE;
  }

  private FieldException(Kind kind, String label) {
    super(kind.start + label);
    this.kind = kind;
  }

  /** There is no such field. */
  public static FieldException noField() {
    return new FieldException(Kind.NO_FIELD, "");
  }

  /** What follows the name of the field cannot be read. */
  static FieldException syntax() {
    return new FieldException(Kind.SYNTAX, "");
  }

  /** The same mistake, in a field that was written like this. */
  FieldException in(String label) {
    return kind == Kind.WHOLE ? this : new FieldException(kind, label);
  }
}
