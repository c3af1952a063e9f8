package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import io.jfalco.rule.schema.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads rules: definitions, changes of earlier ones, and the switch of an earlier one. */
final class RuleReader {
  private static final List<String> APPENDABLE = ItemKey.appendable();
  private static final List<String> REPLACEABLE = ItemKey.replaceable();
  private static final String ENABLED_WARNING =
      "The standalone 'enabled' key usage is deprecated. The correct approach requires also a"
          + " 'replace' entry under the 'override' key (i.e. 'enabled: replace').";

  private final Collector collector;
  private final Consumer<Issue> issues;
  private final ExceptionReader exceptions;

  RuleReader(Collector collector, Consumer<Issue> issues) {
    this.collector = collector;
    this.issues = issues;
    this.exceptions = new ExceptionReader(issues);
  }

  void read(Item item) throws IssueException {
    String source = item.textOrEmpty("source");
    boolean append = RulesReader.appendFlag(item, issues);
    Overrides overrides = Overrides.read(item, APPENDABLE, REPLACEABLE);
    Item.check(!append || overrides.isEmpty(), Overrides.WITH_APPEND, item.context());
    if (!overrides.isEmpty()) {
      readOverride(item, source, overrides);
    } else if (append) {
      readAppend(item, source);
    } else if (isSwitch(item)) {
      readSwitch(item);
    } else {
      readDefinition(item);
    }
  }

  private static boolean isSwitch(Item item) {
    return !item.has("condition")
        && !item.has("output")
        && !item.has("desc")
        && !item.has("priority");
  }

  private void readSwitch(Item item) throws IssueException {
    boolean enabled = item.flag("enabled");
    issues.accept(new Issue(IssueCode.LOAD_DEPRECATED_ITEM, ENABLED_WARNING, item.context()));
    collector.enable(item.text("rule"), enabled, item.context());
  }

  private void readDefinition(Item item) throws IssueException {
    RuleDefinition rule = new RuleDefinition(item.text("rule"), item.context());
    rule.condition = item.text("condition");
    rule.conditionContext = item.at("condition", ItemType.RULE_CONDITION, "");
    rule.output = item.text("output").strip();
    rule.outputContext = item.at("output", ItemType.RULE_OUTPUT, "");
    rule.description = item.text("desc");
    rule.priority = priority(item);
    rule.source = item.optionalText("source").orElse(LoadOptions.SYSCALL);
    rule.enabled = item.flag("enabled", true);
    rule.capture = item.flag("capture", false);
    rule.captureDuration = item.number("capture_duration", 0);
    rule.warnEventTypes = item.flag("warn_evttypes", true);
    rule.skipIfUnknown = item.flag("skip-if-unknown-filter", false);
    rule.tags.addAll(item.tags());
    rule.exceptions = exceptions.read(item, false);
    collector.define(rule, issues);
  }

  private static Priority priority(Item item) throws IssueException {
    Optional<Priority> priority = Priority.parse(item.text("priority"));
    Item.check(
        priority.isPresent(), "Invalid priority", item.at("priority", ItemType.RULE_PRIORITY, ""));
    return priority.orElseThrow();
  }

  private void readAppend(Item item, String source) throws IssueException {
    RuleUpdate update = new RuleUpdate(item.text("rule"), item.context());
    update.source = source;
    update.condition = item.optionalText("condition");
    if (item.has("exceptions")) {
      update.exceptions = Optional.of(exceptions.read(item, true));
    }
    collector.append(update);
  }

  private void readOverride(Item item, String source, Overrides overrides) throws IssueException {
    Set<String> expected = new TreeSet<>();
    for (String key : REPLACEABLE) {
      if (item.has(key)) {
        expected.add(key);
      }
    }
    if (!overrides.append.isEmpty()) {
      collector.append(readUpdate(new Update(item, overrides.append, "append", expected), source));
    }
    if (!overrides.replace.isEmpty()) {
      collector.replace(
          readUpdate(new Update(item, overrides.replace, "replace", expected), source));
    }
    for (String key : expected) {
      IssueContext context = item.at(key, ItemType.OVERRIDE, key);
      Item.check(
          false,
          "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
          context);
    }
  }

  /** Keys of an item that are appended or replaced. */
  private record Update(Item item, Set<String> keys, String operation, Set<String> expected) {
    boolean takes(String key) throws IssueException {
      if (!keys.contains(key)) {
        return false;
      }
      Item.check(
          expected.remove(key),
          "An "
              + operation
              + " override for '"
              + key
              + "' was specified but '"
              + key
              + "' is not defined",
          item.context());
      return true;
    }
  }

  private RuleUpdate readUpdate(Update update, String source) throws IssueException {
    Item item = update.item();
    RuleUpdate changes = new RuleUpdate(item.text("rule"), item.context());
    if (update.takes("condition")) {
      changes.source = source;
      changes.condition = Optional.of(item.text("condition"));
    }
    if (update.takes("exceptions")) {
      boolean append = update.operation().equals("append");
      changes.exceptions = Optional.of(exceptions.read(item, append));
    }
    if (update.takes("output")) {
      changes.output = Optional.of(item.text("output"));
    }
    if (update.takes("desc")) {
      changes.description = Optional.of(item.text("desc"));
    }
    if (update.takes("tags")) {
      changes.tags = Optional.of(item.tags());
    }
    if (update.takes("priority")) {
      changes.priority = Optional.of(priority(item));
    }
    if (update.takes("capture")) {
      changes.capture = Optional.of(item.flag("capture"));
    }
    if (update.takes("capture_duration")) {
      changes.captureDuration = Optional.of(item.number("capture_duration"));
    }
    if (update.takes("enabled")) {
      changes.enabled = Optional.of(item.flag("enabled"));
    }
    if (update.takes("warn_evttypes")) {
      changes.warnEventTypes = Optional.of(item.flag("warn_evttypes"));
    }
    if (update.takes("skip-if-unknown-filter")) {
      changes.skipIfUnknown = Optional.of(item.flag("skip-if-unknown-filter"));
    }
    return changes;
  }
}
