package io.jfalco.rules;

import io.jfalco.rule.RuleIndex;
import io.jfalco.rule.RuleSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plays cases against rules, switched-off ones included. */
final class CaseRunner {
  private final CaseFields fields;
  private final RuleIndex index;
  private final Map<String, Object> usual;

  CaseRunner(CaseFields fields, RuleSet rules, Map<String, Object> usual) {
    this.fields = fields;
    this.index = RuleIndex.of(rules.rules(), RuleIndex.Matching.ALL);
    this.usual = usual;
  }

  /** Message by name of each rule that any of the events matches. */
  Map<String, String> play(Map<String, Object> given) {
    fields.metadata(CaseReader.map(given.getOrDefault("metadata", Map.of())));
    Map<String, String> matches = new LinkedHashMap<>();
    new CaseHost(usual, given)
        .play(
            given,
            context ->
                index.match(
                    context, (rule, at) -> matches.put(rule.name(), rule.template().message(at))));
    return matches;
  }
}
