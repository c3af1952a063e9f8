package io.jfalco.rule;

import java.util.List;
import java.util.Set;

/**
 * What is known of a rule beyond what its evaluation needs.
 *
 * @param condition condition as written, with what was appended
 * @param output output as written, with what was appended
 * @param compiledOutput output with the additions of the configuration
 * @param capture true when a match starts a capture
 * @param captureDuration milliseconds of that capture, 0 for the configured time
 * @param exceptionNames names of its exceptions
 * @param exceptionFields fields of its exceptions that have values
 * @param exceptionOperators operators of its exceptions
 * @param source where its condition comes from
 */
public record RuleDetails(
    String condition,
    String output,
    String compiledOutput,
    boolean capture,
    long captureDuration,
    List<String> exceptionNames,
    Set<String> exceptionFields,
    Set<String> exceptionOperators,
    RuleSource source) {
  /** Copies the collections. */
  public RuleDetails {
    exceptionNames = List.copyOf(exceptionNames);
    exceptionFields = Set.copyOf(exceptionFields);
    exceptionOperators = Set.copyOf(exceptionOperators);
  }
}
