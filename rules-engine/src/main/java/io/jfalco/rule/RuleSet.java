package io.jfalco.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All that was loaded from rules files, switched-off rules included. Immutable. */
public final class RuleSet {
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, RuleDetails> details;
  private final List<Macro> macros;
  private final List<RuleList> lists;
  private final Version requiredEngineVersion;
  private final List<PluginRequirement> requiredPlugins;
  private final List<Plugin> plugins;

  RuleSet(
      List<Rule> rules,
      Map<String, RuleDetails> details,
      List<Macro> macros,
      List<RuleList> lists,
      Version requiredEngineVersion,
      List<PluginRequirement> requiredPlugins,
      List<Plugin> plugins) {
    rules.forEach(rule -> this.rules.put(rule.name(), rule));
    this.details = Map.copyOf(details);
    this.macros = List.copyOf(macros);
    this.lists = List.copyOf(lists);
    this.requiredEngineVersion = requiredEngineVersion;
    this.requiredPlugins = List.copyOf(requiredPlugins);
    this.plugins = List.copyOf(plugins);
  }

  /** The rules in load order. */
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  /** The rules of an event source, in load order. */
  public List<Rule> rules(String source) {
    List<Rule> found = new ArrayList<>();
    for (Rule rule : rules.values()) {
      if (rule.source().equals(source)) {
        found.add(rule);
      }
    }
    return found;
  }

  /** The rule of this name. */
  public Optional<Rule> find(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  /** Fields that the condition and the output of a rule of this set use, with their arguments. */
  public Set<String> fields(Rule rule) {
    Set<String> fields =
        new TreeSet<>(ConditionDetails.of(rule.expression(), Set.of(), Set.of()).fields());
    fields.addAll(rule.template().names());
    return fields;
  }

  /** More about a rule of this set. */
  public RuleDetails details(Rule rule) {
    return details.get(rule.name());
  }

  /** The macros in order of their first definition. */
  public List<Macro> macros() {
    return macros;
  }

  /** The lists in order of their first definition. */
  public List<RuleList> lists() {
    return lists;
  }

  /** The highest engine version that a file requires; 0.0.0 when none does. */
  public Version requiredEngineVersion() {
    return requiredEngineVersion;
  }

  /** The plugins that were loaded. */
  public List<Plugin> plugins() {
    return plugins;
  }

  /** The plugins that files require. */
  public List<PluginRequirement> requiredPlugins() {
    return requiredPlugins;
  }
}
