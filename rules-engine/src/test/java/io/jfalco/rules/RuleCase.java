package io.jfalco.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One case of a rule: a host and an event that it must match, and changes after which it must not.
 *
 * @param rule name of the rule
 * @param title tells several cases of a rule apart; may be empty
 * @param local rules read after the file, as a user's own
 * @param also other rules of the same file that match the event
 * @param trigger the host and its events
 * @param nearMisses changes, each of one value
 * @param upstream why the rule of Falco's project does not match, where it does not
 */
record RuleCase(
    String rule,
    String title,
    Optional<String> local,
    Set<String> also,
    Map<String, Object> trigger,
    List<NearMiss> nearMisses,
    Optional<String> upstream) {

  /**
   * One change of the trigger.
   *
   * @param path which value
   * @param value what it becomes; null removes it
   * @param upstream why the rule of Falco's project still matches, where it does
   */
  record NearMiss(String path, Object value, Optional<String> upstream) {}

  String label() {
    return title.isEmpty() ? rule : rule + " (" + title + ")";
  }
}
