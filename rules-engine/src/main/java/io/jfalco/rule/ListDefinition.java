package io.jfalco.rule;

import io.jfalco.issue.IssueContext;
import java.util.ArrayList;
import java.util.List;

/** A list while files are read. */
final class ListDefinition extends Definition {
  final List<String> items;

  ListDefinition(String name, List<String> items, IssueContext context) {
    super(name, context);
    this.items = new ArrayList<>(items);
  }
}
