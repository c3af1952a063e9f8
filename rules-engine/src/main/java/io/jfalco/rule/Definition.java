package io.jfalco.rule;

import io.jfalco.issue.IssueContext;

/** A rule, macro or list while files are read: later items change it. */
abstract class Definition {
  final String name;
  final IssueContext context;

  /** Number of the item that defined it first. */
  int index;

  /** Number of the item that defined or changed it last; it sees what was defined before. */
  int visibility;

  Definition(String name, IssueContext context) {
    this.name = name;
    this.context = context;
  }
}
