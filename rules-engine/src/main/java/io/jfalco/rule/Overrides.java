package io.jfalco.rule;

import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import io.jfalco.rule.yaml.YamlNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the override of an item says about each of its keys. */
final class Overrides {
  static final String WITH_APPEND =
      "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g."
          + " 'condition: append') under 'override' instead.";

  private static final String NO_MAPPING =
      "invalid node; this may result from using a map iterator as a sequence iterator, or"
          + " vice-versa";

  final Set<String> append = new LinkedHashSet<>();
  final Set<String> replace = new LinkedHashSet<>();

  private Overrides() {}

  boolean isEmpty() {
    return append.isEmpty() && replace.isEmpty();
  }

  /** Reads the override of an item whose keys allow these operations. */
  static Overrides read(Item item, List<String> appendable, List<String> replaceable)
      throws IssueException {
    Overrides overrides = new Overrides();
    Optional<YamlNode> value = item.node().find("override");
    IssueContext context = Item.at(item.context(), item.node(), ItemType.OVERRIDE, "");
    if (value.isPresent() && value.get() instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        overrides.add(item, entry, context, appendable::contains, replaceable::contains);
      }
    } else if (value.isPresent() && value.get() instanceof YamlNode.Sequence sequence) {
      Collector.check(sequence.items().isEmpty(), NO_MAPPING, context.outermost());
    }
    return overrides;
  }

  private void add(
      Item item,
      YamlNode.Entry entry,
      IssueContext context,
      Predicate<String> appendable,
      Predicate<String> replaceable)
      throws IssueException {
    String key = item.scalarText(entry.key());
    String operation = item.scalarText(entry.value());
    IssueContext keyContext = Item.at(context, entry.key(), ItemType.OVERRIDE, key);
    switch (operation) {
      case "append" -> {
        Item.check(
            appendable.test(key),
            "Key '" + key + "' cannot be appended to, use 'replace' instead",
            keyContext);
        append.add(key);
      }
      case "replace" -> {
        Item.check(replaceable.test(key), "Key '" + key + "' cannot be replaced", keyContext);
        replace.add(key);
      }
      default ->
          Item.check(
              false,
              "Invalid override operation for key '"
                  + key
                  + "': '"
                  + operation
                  + "'. Allowed values are: "
                  + (appendable.test(key) ? "append " : "")
                  + (replaceable.test(key) ? "replace " : ""),
              Item.at(context, entry.value(), ItemType.VALUE_FOR, key));
    }
  }
}
