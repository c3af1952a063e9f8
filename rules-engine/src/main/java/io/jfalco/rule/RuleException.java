package io.jfalco.rule;

import io.jfalco.issue.IssueContext;
import java.util.ArrayList;
import java.util.List;

/** An exception of a rule while files are read. */
final class RuleException {
  final String name;
  final IssueContext context;
  Entry fields = Entry.NONE;
  Entry comparisons = Entry.NONE;
  final List<Entry> values = new ArrayList<>();

  RuleException(String name, IssueContext context) {
    this.name = name;
    this.context = context;
  }

  /**
   * A text, or a list of entries.
   *
   * @param text empty for a list
   */
  record Entry(boolean isList, String text, List<Entry> items) {
    static final Entry NONE = text("");

    Entry {
      items = List.copyOf(items);
    }

    static Entry text(String text) {
      return new Entry(false, text, List.of());
    }

    static Entry list(List<Entry> items) {
      return new Entry(true, "", items);
    }

    boolean isPresent() {
      return isList ? !items.isEmpty() : !text.isEmpty();
    }
  }
}
