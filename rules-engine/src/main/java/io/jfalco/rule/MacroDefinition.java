package io.jfalco.rule;

import io.jfalco.issue.IssueContext;

/** A macro while files are read. */
final class MacroDefinition extends Definition {
  final IssueContext conditionContext;
  String condition;

  MacroDefinition(
      String name, String condition, IssueContext context, IssueContext conditionContext) {
    super(name, context);
    this.condition = condition;
    this.conditionContext = conditionContext;
  }
}
