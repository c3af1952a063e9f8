package io.jfalco.rule;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.check.EventTypes;
import io.jfalco.condition.parse.AstPrinter;
import io.jfalco.condition.parse.ConditionParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Describes loaded rules: as a table for people, or as an object for programs. */
public final class RuleDescriptions {
  private static final int NAME_WIDTH = 50;
  private static final int LINE_WIDTH = 110;

  /** Falco cuts longer rows. */
  private static final int ROW_LENGTH = 4094;

  private final RuleSet rules;
  private final Set<String> macroNames;
  private final Set<String> listNames;

  /** Descriptions of these rules. */
  public RuleDescriptions(RuleSet rules) {
    this.rules = rules;
    macroNames = rules.macros().stream().map(Macro::name).collect(Collectors.toSet());
    listNames = rules.lists().stream().map(RuleList::name).collect(Collectors.toSet());
  }

  /** Names and descriptions of all rules in two columns. */
  public String text() {
    return table(rules.rules());
  }

  /** Name and description of one rule in two columns; empty when there is no such rule. */
  public Optional<String> text(String rule) {
    return rules.find(rule).map(found -> table(List.of(found)));
  }

  private static String table(List<Rule> rules) {
    StringBuilder text = new StringBuilder();
    row(text, "Rule", "Description");
    row(text, "----", "-----------");
    for (Rule rule : rules) {
      row(text, rule.name(), wrap(rule.description()) + "\n");
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String description) {
    String row = name + " ".repeat(Math.max(0, NAME_WIDTH - length(name))) + ' ' + description;
    byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
    text.append(
        bytes.length > ROW_LENGTH ? new String(bytes, 0, ROW_LENGTH, StandardCharsets.UTF_8) : row);
    text.append('\n');
  }

  /** Widths count bytes, as in Falco. */
  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String wrap(String description) {
    int indent = NAME_WIDTH + 1;
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (String word : description.strip().split("\\s+")) {
      length += length(word) + 1;
      if (length > LINE_WIDTH - indent) {
        text.append('\n').append(" ".repeat(indent));
        length = length(word) + 1;
      }
      text.append(word).append(' ');
    }
    return text.toString();
  }

  /** All rules, macros and lists as an object for {@link io.jfalco.issue.Json}, keys sorted. */
  public Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("required_engine_version", rules.requiredEngineVersion().toString());
    json.put(
        "required_plugin_versions",
        rules.requiredPlugins().stream().map(RuleDescriptions::plugin).toList());
    json.put("rules", rules.rules().stream().map(this::rule).toList());
    json.put("macros", rules.macros().stream().map(this::macro).toList());
    json.put("lists", rules.lists().stream().map(this::list).toList());
    return json;
  }

  /** One rule as such an object; empty when there is no such rule. */
  public Optional<Map<String, Object>> json(String rule) {
    return rules
        .find(rule)
        .map(found -> new TreeMap<String, Object>(Map.of("rules", List.of(rule(found)))));
  }

  private static Map<String, Object> plugin(PluginRequirement requirement) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (PluginRequirement.Alternative alternative : requirement.alternatives()) {
      Map<String, Object> json = new TreeMap<>();
      json.put("name", alternative.name());
      json.put("version", alternative.version());
      all.add(json);
    }
    Map<String, Object> first = all.get(0);
    first.put("alternatives", all.subList(1, all.size()));
    return first;
  }

  private static Map<String, Object> described(
      Map<String, Object> info, Map<String, Object> details) {
    Map<String, Object> json = new TreeMap<>();
    json.put("info", info);
    json.put("details", details);
    return json;
  }

  private Map<String, Object> rule(Rule rule) {
    RuleDetails more = rules.details(rule);
    Map<String, Object> info = new TreeMap<>();
    info.put("name", rule.name());
    info.put("condition", more.condition());
    info.put("priority", rule.priority().label());
    info.put("output", more.output());
    info.put("description", rule.description());
    info.put("enabled", rule.enabled());
    info.put("source", rule.source());
    info.put("capture", more.capture());
    info.put("capture_duration", more.captureDuration());
    info.put("tags", rule.tags());
    Map<String, Object> details = condition(more.condition(), rule.expression());
    details.put("output_compiled", more.compiledOutput());
    details.put("output_fields", rule.template().names());
    details.put("exception_fields", new TreeSet<>(more.exceptionFields()));
    details.put("exception_names", new TreeSet<>(more.exceptionNames()));
    details.put("exception_operators", new TreeSet<>(more.exceptionOperators()));
    details.put("events", new EventTypes(rule.eventTypes(), rule.syscalls()).names());
    details.put("plugins", plugins(rule));
    return described(info, details);
  }

  /** The plugins that the rule needs. */
  private List<String> plugins(Rule rule) {
    ConditionDetails condition = details(rule.expression());
    Set<String> fields = new HashSet<>();
    condition.fields().forEach(name -> fields.add(withoutArgument(name)));
    rule.template().names().forEach(name -> fields.add(withoutArgument(name)));
    return rules.plugins().stream()
        .filter(plugin -> plugin.isUsed(rule.source(), fields, condition.events()))
        .map(Plugin::name)
        .sorted()
        .toList();
  }

  private static String withoutArgument(String name) {
    int argument = name.indexOf('[');
    return argument < 0 ? name : name.substring(0, argument);
  }

  /** What conditions of rules and macros have in common. */
  private Map<String, Object> condition(String written, Expr resolved) {
    Map<String, Object> details = new TreeMap<>();
    ConditionDetails own = details(written).orElseGet(() -> details(resolved));
    ConditionDetails compiled = details(resolved);
    details.put("macros", own.macros());
    details.put("lists", own.lists());
    details.put("condition_operators", compiled.operators());
    details.put("condition_fields", compiled.fields());
    details.put("condition_compiled", AstPrinter.print(resolved));
    details.put("plugins", List.of());
    return details;
  }

  private ConditionDetails details(Expr condition) {
    return ConditionDetails.of(condition, macroNames, listNames);
  }

  /** Empty when the condition is only valid with its lists put in. */
  private Optional<ConditionDetails> details(String written) {
    try {
      return Optional.of(details(ConditionParser.parse(written)));
    } catch (ConditionException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> macro(Macro macro) {
    Map<String, Object> info = new TreeMap<>();
    info.put("name", macro.name());
    info.put("condition", macro.condition());
    Map<String, Object> details = condition(macro.condition(), macro.expression());
    details.put("used", macro.used());
    details.put("events", events(macro.expression()));
    return described(info, details);
  }

  private static Set<String> events(Expr expression) {
    try {
      return EventTypes.of(expression).withAsync().names();
    } catch (EventSearchException e) {
      return Set.of();
    }
  }

  private Map<String, Object> list(RuleList list) {
    Set<String> compiled = new HashSet<>(list.compiledItems());
    List<String> items = list.items().stream().filter(compiled::contains).toList();
    List<String> lists =
        list.items().stream().filter(item -> !compiled.contains(item)).distinct().sorted().toList();
    Map<String, Object> info = new TreeMap<>();
    info.put("name", list.name());
    info.put("items", items);
    Map<String, Object> details = new TreeMap<>();
    details.put("used", list.used());
    details.put("lists", lists);
    details.put("items_compiled", list.compiledItems());
    details.put("plugins", List.of());
    return described(info, details);
  }
}
