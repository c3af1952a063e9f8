package io.jfalco.rule;

import java.util.List;

/**
 * A loaded list.
 *
 * @param name name
 * @param items items as written, with what was appended
 * @param compiledItems items with other lists put in
 * @param used true when a rule, macro or list uses it
 */
public record RuleList(String name, List<String> items, List<String> compiledItems, boolean used) {
  /** Copies the items. */
  public RuleList {
    items = List.copyOf(items);
    compiledItems = List.copyOf(compiledItems);
  }
}
