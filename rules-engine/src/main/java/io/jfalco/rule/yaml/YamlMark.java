package io.jfalco.rule.yaml;

/**
 * A place in a YAML text.
 *
 * @param offset bytes from the start, not counting a byte order mark
 * @param line line, from 0
 * @param column bytes from the start of the line, from 0
 */
public record YamlMark(int offset, int line, int column) {
  /** The start. */
  public static final YamlMark START = new YamlMark(0, 0, 0);
}
