package io.jfalco.rule;

import java.util.Optional;
import java.util.Set;

/**
 * Which rules an addition to outputs is for; all of what is given must hold.
 *
 * @param source only for rules of this source
 * @param tags only for rules that have all of these
 * @param rule only for the rule of this name
 */
public record OutputMatch(Optional<String> source, Set<String> tags, Optional<String> rule) {
  /** Every rule. */
  public static final OutputMatch ALL =
      new OutputMatch(Optional.empty(), Set.of(), Optional.empty());

  /** Copies the tags. */
  public OutputMatch {
    tags = Set.copyOf(tags);
  }

  boolean fits(RuleDefinition definition) {
    return source.map(definition.source::equals).orElse(true)
        && rule.map(definition.name::equals).orElse(true)
        && definition.tags.containsAll(tags);
  }
}
