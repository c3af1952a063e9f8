package io.jfalco.rule;

import java.util.Optional;
import java.util.Set;

/**
 * What the configuration appends to outputs of rules.
 *
 * @param source only for rules of this source
 * @param tags only for rules that have all of these
 * @param rule only for the rule of this name
 * @param format what to append after a blank
 */
public record ExtraOutput(
    Optional<String> source, Set<String> tags, Optional<String> rule, String format) {
  /** Copies the tags. */
  public ExtraOutput {
    tags = Set.copyOf(tags);
  }

  boolean fits(RuleDefinition definition) {
    return source.map(definition.source::equals).orElse(true)
        && rule.map(definition.name::equals).orElse(true)
        && definition.tags.containsAll(tags);
  }
}
