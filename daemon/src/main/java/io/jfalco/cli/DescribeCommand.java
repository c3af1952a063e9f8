package io.jfalco.cli;

import io.jfalco.config.Config;
import io.jfalco.daemon.FatalException;
import io.jfalco.rule.Rule;
import io.jfalco.rule.RuleSet;
import java.util.List;

/** {@code -L} and {@code -l}: names and descriptions of rules in two columns. */
final class DescribeCommand {
  private static final int COLUMN = 51;
  private static final int WIDTH = 110;

  private final Options options;
  private final Config config;
  private final RuleSet rules;

  DescribeCommand(Options options, Config config, RuleSet rules) {
    this.options = options;
    this.config = config;
    this.rules = rules;
  }

  String text() throws FatalException {
    if (config.format().json()) {
      throw new FatalException("-L and -l with json_output are not supported yet");
    }
    StringBuilder out = new StringBuilder(4096);
    line(out, "Rule", "Description");
    line(out, "----", "-----------");
    for (Rule rule : chosen()) {
      line(out, rule.name(), TwoColumns.wrap(rule.description(), COLUMN, WIDTH) + "\n");
    }
    return out.toString();
  }

  private List<Rule> chosen() throws FatalException {
    if (options.describeRule == null) {
      return rules.rules();
    }
    return List.of(
        rules
            .find(options.describeRule)
            .orElseThrow(
                () -> new FatalException("Rule \"" + options.describeRule + "\" is not loaded")));
  }

  private static void line(StringBuilder out, String left, String right) {
    out.append(String.format("%-50s %s%n", left, right));
  }
}
