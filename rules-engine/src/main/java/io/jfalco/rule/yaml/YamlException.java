package io.jfalco.rule.yaml;

/** A text that is no YAML, or exceeds a limit. */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient YamlMark mark;

  YamlException(String problem, YamlMark mark) {
    super(
        "YAML error at line "
            + (mark.line() + 1)
            + ", column "
            + (mark.column() + 1)
            + ": "
            + problem);
    this.mark = mark;
  }

  /** Where. */
  public YamlMark mark() {
    return mark;
  }
}
