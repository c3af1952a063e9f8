package io.jfalco.issue;

/**
 * A place in a rules file.
 *
 * @param name the file; for a place in a condition, its start in quotes
 * @param offset bytes from the start of the file
 * @param line line, from 0
 * @param column bytes from the start of the line, from 0
 * @param type what stands there
 * @param item its name; empty when it has none
 */
public record SourceLocation(
    String name, int offset, int line, int column, ItemType type, String item) {}
