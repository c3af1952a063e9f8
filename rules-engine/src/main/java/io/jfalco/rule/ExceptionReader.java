package io.jfalco.rule;

import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import io.jfalco.rule.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the exceptions of rules. */
final class ExceptionReader {
  private final Consumer<Issue> issues;

  ExceptionReader(Consumer<Issue> issues) {
    this.issues = issues;
  }

  /** The exceptions of a rule; none when the key is not there or null. */
  List<RuleException> read(Item rule, boolean append) throws IssueException {
    List<RuleException> exceptions = new ArrayList<>();
    Optional<YamlNode> value = rule.node().find("exceptions");
    if (value.isEmpty() || value.get() instanceof YamlNode.Null) {
      return exceptions;
    }
    IssueContext context = rule.at("exceptions", ItemType.EXCEPTIONS, "");
    Item.check(
        value.get() instanceof YamlNode.Sequence, "Rule exceptions must be a sequence", context);
    for (YamlNode node : ((YamlNode.Sequence) value.get()).items()) {
      IssueContext unnamed = Item.at(context, node, ItemType.EXCEPTION, "");
      Item.check(node instanceof YamlNode.Mapping, "Rule exception must be a mapping", unnamed);
      YamlNode.Mapping mapping = (YamlNode.Mapping) node;
      String name = new Item(mapping, unnamed).text("name");
      IssueContext named = Item.at(rule.context(), node, ItemType.EXCEPTION, name);
      if (exceptions.stream().anyMatch(other -> other.name.equals(name))) {
        issues.accept(
            new Issue(
                IssueCode.LOAD_EXCEPTION_NAME_NOT_UNIQUE,
                "Multiple definitions of exception '" + name + "' in the same rule",
                named));
      }
      exceptions.add(read(mapping, new RuleException(name, named), append));
    }
    return exceptions;
  }

  private RuleException read(YamlNode.Mapping node, RuleException exception, boolean append)
      throws IssueException {
    IssueContext context = exception.context;
    Optional<YamlNode> fields = node.find("fields");
    Item.check(append || fields.isPresent(), "Item has no mapping for key 'fields'", context);
    if (fields.isPresent()) {
      exception.fields = entry(fields.get(), "fields", context);
    }
    Optional<YamlNode> comparisons = node.find("comps");
    if (comparisons.isPresent()) {
      exception.comparisons = entry(comparisons.get(), "comps", context);
    }
    Optional<YamlNode> values = node.find("values");
    if (values.isPresent()) {
      IssueContext all = Item.at(context, values.get(), ItemType.EXCEPTION_VALUES, "");
      Item.check(
          values.get() instanceof YamlNode.Sequence,
          "Rule exception values must be a sequence",
          all);
      for (YamlNode value : ((YamlNode.Sequence) values.get()).items()) {
        exception.values.add(entry(value, "", Item.at(all, value, ItemType.EXCEPTION_VALUE, "")));
      }
    } else if (append) {
      issues.accept(
          new Issue(
              IssueCode.LOAD_APPEND_NO_VALUES,
              "Overriding/appending exception with no values",
              context));
    }
    return exception;
  }

  private static RuleException.Entry entry(YamlNode node, String key, IssueContext parent)
      throws IssueException {
    IssueContext context = Item.at(parent, node, ItemType.VALUE_FOR, key);
    if (node instanceof YamlNode.Scalar scalar) {
      Item.check(!scalar.text().isEmpty(), "Value must be non-empty", context);
      return RuleException.Entry.text(scalar.text());
    }
    if (node instanceof YamlNode.Sequence sequence) {
      List<RuleException.Entry> items = new ArrayList<>();
      for (YamlNode item : sequence.items()) {
        items.add(entry(item, "", Item.at(context, item, ItemType.EXCEPTION, "")));
      }
      return RuleException.Entry.list(items);
    }
    return RuleException.Entry.NONE;
  }
}
