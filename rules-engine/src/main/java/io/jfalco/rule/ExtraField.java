package io.jfalco.rule;

/**
 * A member that the configuration adds to the fields of alerts in JSON.
 *
 * @param match alerts of which rules
 * @param name of the member
 * @param format an output, whose text is the value; of a raw one, {@code %} and the field
 * @param raw true for a field whose value keeps its type
 */
public record ExtraField(OutputMatch match, String name, String format, boolean raw) {
  /** The value of a field, under its own name. */
  public static ExtraField raw(OutputMatch match, String field) {
    return new ExtraField(match, field, "%" + field, true);
  }

  /** A text. */
  public static ExtraField formatted(OutputMatch match, String name, String format) {
    return new ExtraField(match, name, format, false);
  }
}
