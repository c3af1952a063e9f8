package io.jfalco.rule.yaml;

/**
 * A text that is no YAML, or exceeds a limit. The message has the form of the library that Falco
 * uses, which tools know.
 */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient YamlMark mark;

  YamlException(String problem, YamlMark mark) {
    super(message(problem, mark));
    this.mark = mark;
  }

  /** A problem and its place. */
  public static String message(String problem, YamlMark mark) {
    return "yaml-cpp: error at line "
        + (mark.line() + 1)
        + ", column "
        + (mark.column() + 1)
        + ": "
        + problem;
  }

  /** Where. */
  public YamlMark mark() {
    return mark;
  }
}
