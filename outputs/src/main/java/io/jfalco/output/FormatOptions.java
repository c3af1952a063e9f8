package io.jfalco.output;

/**
 * How alerts look.
 *
 * @param json one JSON object for each alert instead of a line of text
 * @param iso8601 times in text are UTC with date instead of the local time of day
 * @param includeOutput JSON has {@code output}, the whole text line
 * @param includeMessage JSON has {@code message}, the text without time and priority
 * @param includeFields JSON has {@code output_fields}
 * @param includeTags JSON has {@code tags}
 */
public record FormatOptions(
    boolean json,
    boolean iso8601,
    boolean includeOutput,
    boolean includeMessage,
    boolean includeFields,
    boolean includeTags) {

  /** Text with local times; JSON, when switched on, with everything but {@code message}. */
  public static FormatOptions defaults() {
    return new FormatOptions(false, false, true, false, true, true);
  }

  /** The same with JSON on or off. */
  public FormatOptions withJson(boolean value) {
    return new FormatOptions(
        value, iso8601, includeOutput, includeMessage, includeFields, includeTags);
  }

  /** The same with ISO 8601 times on or off. */
  public FormatOptions withIso8601(boolean value) {
    return new FormatOptions(
        json, value, includeOutput, includeMessage, includeFields, includeTags);
  }
}
