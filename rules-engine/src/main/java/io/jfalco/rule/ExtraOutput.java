package io.jfalco.rule;

/**
 * What the configuration appends to outputs of rules.
 *
 * @param match which rules
 * @param format what to append after a blank
 */
public record ExtraOutput(OutputMatch match, String format) {}
