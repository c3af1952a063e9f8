package io.jfalco.cli;

import io.jfalco.daemon.FatalException;
import io.jfalco.daemon.RuntimeErrorException;
import io.jfalco.rule.RuleDescriptions;
import io.jfalco.rule.RuleSet;
import java.util.Map;

/** {@code -L} and {@code -l}: describes all rules, or one. */
final class DescribeCommand {
  private final Options options;
  private final RuleDescriptions descriptions;

  DescribeCommand(Options options, RuleSet rules) {
    this.options = options;
    this.descriptions = new RuleDescriptions(rules);
  }

  /** Names and descriptions in two columns. */
  String text() throws FatalException {
    if (options.describeRule == null) {
      return descriptions.text();
    }
    return descriptions.text(options.describeRule).orElseThrow(this::unknown);
  }

  /** Everything that is known, for JSON. */
  Map<String, Object> json() throws FatalException {
    if (options.describeRule == null) {
      return descriptions.json();
    }
    return descriptions.json(options.describeRule).orElseThrow(this::unknown);
  }

  private FatalException unknown() {
    return new RuntimeErrorException("Rule \"" + options.describeRule + "\" is not loaded");
  }
}
