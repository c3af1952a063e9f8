package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.issue.IssueContext;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** What an item appends to a rule or replaces in it. */
final class RuleUpdate {
  final String name;
  final IssueContext context;
  String source = "";
  Optional<String> condition = Optional.empty();
  Optional<String> output = Optional.empty();
  Optional<String> description = Optional.empty();
  Optional<NavigableSet<String>> tags = Optional.empty();
  Optional<List<RuleException>> exceptions = Optional.empty();
  Optional<Priority> priority = Optional.empty();
  Optional<Boolean> capture = Optional.empty();
  Optional<Long> captureDuration = Optional.empty();
  Optional<Boolean> enabled = Optional.empty();
  Optional<Boolean> warnEventTypes = Optional.empty();
  Optional<Boolean> skipIfUnknown = Optional.empty();

  RuleUpdate(String name, IssueContext context) {
    this.name = name;
    this.context = context;
  }

  boolean isEmpty() {
    return condition.isEmpty()
        && output.isEmpty()
        && description.isEmpty()
        && tags.isEmpty()
        && exceptions.isEmpty()
        && priority.isEmpty()
        && capture.isEmpty()
        && captureDuration.isEmpty()
        && enabled.isEmpty()
        && warnEventTypes.isEmpty()
        && skipIfUnknown.isEmpty();
  }
}
