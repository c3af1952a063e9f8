package io.jfalco.rule.yaml;

/**
 * A place in a YAML text.
 *
 * @param offset characters from the start
 * @param line line, from 0
 * @param column characters from the start of the line, from 0
 */
public record YamlMark(int offset, int line, int column) {
  /** The start. */
  public static final YamlMark START = new YamlMark(0, 0, 0);
}
