package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.issue.IssueContext;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A rule while files are read. */
final class RuleDefinition extends Definition {
  IssueContext conditionContext;
  IssueContext outputContext;
  String condition = "";
  String output = "";
  String description = "";
  String source = LoadOptions.SYSCALL;
  Priority priority = Priority.DEBUG;
  boolean enabled = true;
  boolean capture;
  long captureDuration;
  boolean warnEventTypes = true;
  boolean skipIfUnknown;
  boolean unknownSource;
  final NavigableSet<String> tags = new TreeSet<>();
  List<RuleException> exceptions = new ArrayList<>();

  RuleDefinition(String name, IssueContext context) {
    super(name, context);
    conditionContext = context;
    outputContext = context;
  }
}
