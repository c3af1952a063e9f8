package io.jfalco.rule;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A loaded plugin, as far as rules can tell.
 *
 * @param name name
 * @param version version, {@code x.y.z}
 * @param source the event source that it provides, if any
 * @param sources event sources whose events it knows; empty for all
 * @param fields names of the fields that it provides
 * @param events names of the asynchronous events that it provides
 */
public record Plugin(
    String name,
    String version,
    Optional<String> source,
    Set<String> sources,
    Set<String> fields,
    Set<String> events) {
  /** Copies the sets. */
  public Plugin {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(source);
    sources = Set.copyOf(sources);
    fields = Set.copyOf(fields);
    events = Set.copyOf(events);
  }

  /** True when a rule of this source that names these fields and events needs the plugin. */
  boolean isUsed(String ruleSource, Set<String> usedFields, Set<String> usedEvents) {
    if (source.isPresent() && source.get().equals(ruleSource)) {
      return true;
    }
    boolean known = sources.isEmpty() || sources.contains(ruleSource);
    return known
        && (fields.stream().anyMatch(usedFields::contains)
            || events.stream().anyMatch(usedEvents::contains));
  }
}
