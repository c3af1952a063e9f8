package io.jfalco.condition.ast;

/**
 * A place in the text of a condition, which counts as UTF-8.
 *
 * @param index bytes from the start, from 0
 * @param line line, from 1
 * @param column bytes from the start of the line, from 1
 */
public record Position(int index, int line, int column) {
  /** The start of a condition. */
  public static final Position START = new Position(0, 1, 1);
}
