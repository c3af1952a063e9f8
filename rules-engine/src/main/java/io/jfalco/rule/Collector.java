package io.jfalco.rule;

import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that the files read so far defined, changes applied. */
final class Collector {
  private final Set<String> sources;
  private final ExceptionChecker exceptionChecker;
  private final Map<String, ListDefinition> lists = new LinkedHashMap<>();
  private final Map<String, MacroDefinition> macros = new LinkedHashMap<>();
  private final Map<String, RuleDefinition> rules = new LinkedHashMap<>();
  private final List<PluginRequirement> plugins = new ArrayList<>();
  private Version engineVersion = new Version(0, 0, 0);
  private int items;

  Collector(Set<String> sources, ExceptionChecker exceptionChecker) {
    this.sources = sources;
    this.exceptionChecker = exceptionChecker;
  }

  Map<String, ListDefinition> lists() {
    return lists;
  }

  Map<String, MacroDefinition> macros() {
    return macros;
  }

  Map<String, RuleDefinition> rules() {
    return rules;
  }

  List<PluginRequirement> plugins() {
    return plugins;
  }

  Version engineVersion() {
    return engineVersion;
  }

  static void check(boolean right, String message, IssueContext context) throws IssueException {
    if (!right) {
      throw new IssueException(IssueCode.LOAD_ERR_VALIDATE, message, context);
    }
  }

  void requireEngine(Version required, IssueContext context) throws IssueException {
    check(
        LoadOptions.ENGINE_VERSION.satisfies(required),
        "Rules require engine version "
            + required
            + ", but engine version is "
            + LoadOptions.ENGINE_VERSION,
        context);
    if (engineVersion.compareTo(required) < 0) {
      engineVersion = required;
    }
  }

  void requirePlugin(PluginRequirement requirement, IssueContext context) throws IssueException {
    Set<String> names = new HashSet<>();
    for (PluginRequirement.Alternative alternative : requirement.alternatives()) {
      check(
          Version.parse(alternative.version()).isPresent(),
          "Invalid required version '"
              + alternative.version()
              + "' for plugin '"
              + alternative.name()
              + "'",
          context);
      check(
          names.add(alternative.name()),
          "Defined multiple alternative version requirements for plugin '"
              + alternative.name()
              + "'",
          context);
    }
    plugins.add(requirement);
  }

  void define(ListDefinition list) {
    define(lists, list);
  }

  void append(ListDefinition list) throws IssueException {
    ListDefinition previous = lists.get(list.name);
    check(
        previous != null,
        "List uses 'append' or 'override.items: append' but no list by that name already exists",
        list.context);
    previous.items.addAll(list.items);
    previous.visibility = items++;
  }

  void define(MacroDefinition macro) {
    define(macros, macro);
  }

  void append(MacroDefinition macro) throws IssueException {
    MacroDefinition previous = macros.get(macro.name);
    check(
        previous != null,
        "Macro uses 'append' or 'override.condition: append' but no macro by that name already"
            + " exists",
        macro.context);
    previous.condition += " " + macro.condition;
    previous.visibility = items++;
  }

  private <D extends Definition> void define(Map<String, D> definitions, D definition) {
    Definition previous = definitions.get(definition.name);
    definition.visibility = items++;
    definition.index = previous == null ? definition.visibility : previous.index;
    definitions.put(definition.name, definition);
  }

  void define(RuleDefinition rule, Consumer<Issue> issues) throws IssueException {
    previous(rule.name, rule.source, rule.context);
    rule.unknownSource = !sources.contains(rule.source);
    if (rule.unknownSource) {
      issues.accept(
          new Issue(
              IssueCode.LOAD_UNKNOWN_SOURCE,
              "Unknown source " + rule.source + ", skipping",
              rule.context));
    }
    for (RuleException exception : rule.exceptions) {
      checkDefinition(exception, rule);
    }
    define(rules, rule);
  }

  private void checkDefinition(RuleException exception, RuleDefinition rule) throws IssueException {
    check(
        exception.fields.isPresent(),
        "Rule exception item must have fields property with a list of fields",
        exception.context);
    exceptionChecker.check(exception, rule.source);
  }

  private Optional<RuleDefinition> previous(String name, String source, IssueContext context)
      throws IssueException {
    RuleDefinition previous = rules.get(name);
    check(
        previous == null
            || source.isEmpty()
            || previous.source.isEmpty()
            || previous.source.equals(source),
        "Rule has been re-defined with a different source",
        context);
    return Optional.ofNullable(previous);
  }

  private RuleDefinition existing(RuleUpdate update, String message) throws IssueException {
    Optional<RuleDefinition> previous = previous(update.name, update.source, update.context);
    check(previous.isPresent(), message, update.context);
    return previous.orElseThrow();
  }

  void append(RuleUpdate update) throws IssueException {
    RuleDefinition rule =
        existing(
            update,
            "Rule uses 'append' or 'override.<key>: append' but no rule by that name already"
                + " exists");
    check(
        !update.isEmpty(),
        "Appended rule must have exceptions or condition property",
        update.context);
    update.condition.ifPresent(text -> rule.condition += " " + text);
    update.output.ifPresent(text -> rule.output += " " + text);
    update.description.ifPresent(text -> rule.description += " " + text);
    update.tags.ifPresent(rule.tags::addAll);
    if (update.exceptions.isPresent()) {
      for (RuleException exception : update.exceptions.get()) {
        append(rule, exception);
      }
    }
    rule.visibility = items++;
  }

  private void append(RuleDefinition rule, RuleException exception) throws IssueException {
    for (RuleException previous : rule.exceptions) {
      if (previous.name.equals(exception.name)) {
        check(
            !exception.fields.isPresent(),
            "Can not append exception fields to existing exception, only values",
            exception.context);
        check(
            !exception.comparisons.isPresent(),
            "Can not append exception comps to existing exception, only values",
            exception.context);
        previous.values.addAll(exception.values);
        return;
      }
    }
    check(
        exception.fields.isPresent(),
        "Rule exception must have fields property with a list of fields",
        exception.context);
    check(
        !exception.values.isEmpty(),
        "Rule exception must have values property with a list of values",
        exception.context);
    exceptionChecker.check(exception, rule.source);
    rule.exceptions.add(exception);
  }

  void replace(RuleUpdate update) throws IssueException {
    RuleDefinition rule =
        existing(
            update,
            "An 'override.<key>: replace' to a rule was requested but no rule by that name already"
                + " exists");
    check(
        !update.isEmpty(),
        "The rule must have at least one field that can be replaced",
        update.context);
    update.condition.ifPresent(text -> rule.condition = text);
    update.output.ifPresent(text -> rule.output = text);
    update.description.ifPresent(text -> rule.description = text);
    update.exceptions.ifPresent(list -> rule.exceptions = new ArrayList<>(list));
    update.priority.ifPresent(value -> rule.priority = value);
    update.capture.ifPresent(value -> rule.capture = value);
    update.captureDuration.ifPresent(value -> rule.captureDuration = value);
    update.enabled.ifPresent(value -> rule.enabled = value);
    update.warnEventTypes.ifPresent(value -> rule.warnEventTypes = value);
    update.skipIfUnknown.ifPresent(value -> rule.skipIfUnknown = value);
    update.tags.ifPresent(
        tags -> {
          rule.tags.clear();
          rule.tags.addAll(tags);
        });
    rule.visibility = items++;
  }

  void enable(String name, boolean enabled, IssueContext context) throws IssueException {
    RuleDefinition rule = rules.get(name);
    check(rule != null, "Rule has 'enabled' key but no rule by that name already exists", context);
    rule.enabled = enabled;
  }
}
