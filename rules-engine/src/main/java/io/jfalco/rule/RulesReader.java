package io.jfalco.rule;

import io.jfalco.issue.Issue;
import io.jfalco.issue.IssueCode;
import io.jfalco.issue.IssueContext;
import io.jfalco.issue.IssueException;
import io.jfalco.issue.ItemType;
import io.jfalco.rule.schema.ItemKey;
import io.jfalco.rule.schema.RuleSchema;
import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlMark;
import io.jfalco.rule.yaml.YamlNode;
import io.jfalco.rule.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the items of a rules file into a collector. */
final class RulesReader {
  private static final String IDENTIFIER = "([a-zA-Z]+[a-zA-Z0-9_]*)";
  private static final String BARE_TEXT = "([^()\"'[:space:]=,]+)";
  private static final Pattern MACRO_NAME = Pattern.compile(IDENTIFIER);
  private static final Pattern LIST_NAME = Pattern.compile("[^()\"'\\s=,]+");
  private static final String APPEND_WARNING =
      "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under"
          + " 'override' instead.";

  private final Collector collector;
  private final Consumer<Issue> issues;
  private final RuleReader rules;
  private List<String> schemaResults = List.of();

  RulesReader(Collector collector, Consumer<Issue> issues) {
    this.collector = collector;
    this.issues = issues;
    this.rules = new RuleReader(collector, issues);
  }

  /** Reads a file; the first error ends it. */
  void read(byte[] content, IssueContext file) throws IssueException {
    List<YamlNode> documents = documents(content, file);
    checkSchema(documents, file);
    for (YamlNode document : documents) {
      Item.check(!(document instanceof YamlNode.Scalar), "Rules content is not yaml", file);
      Item.check(
          document instanceof YamlNode.Sequence,
          "Rules content is not yaml array of objects",
          file);
      for (YamlNode item : ((YamlNode.Sequence) document).items()) {
        if (!(item instanceof YamlNode.Null)) {
          readItem(item, file);
        }
      }
    }
  }

  /** What the schema of rules files has to say of those that were read. */
  List<String> schemaResults() {
    return schemaResults;
  }

  private void checkSchema(List<YamlNode> documents, IssueContext file) throws IssueException {
    try {
      schemaResults = RuleSchema.check(documents);
    } catch (YamlException e) {
      throw new IssueException(IssueCode.LOAD_ERR_YAML_PARSE, e.getMessage(), file);
    }
  }

  private static List<YamlNode> documents(byte[] content, IssueContext file) throws IssueException {
    try {
      return YamlReader.readAll(content);
    } catch (YamlException e) {
      YamlMark mark = e.mark();
      throw new IssueException(
          IssueCode.LOAD_ERR_YAML_PARSE,
          e.getMessage(),
          file.at(ItemType.VALUE_FOR, "", mark.offset(), mark.line(), mark.column()));
    }
  }

  private void readItem(YamlNode node, IssueContext file) throws IssueException {
    IssueContext plain = Item.at(file, node, ItemType.RULES_CONTENT_ITEM, "");
    Item.check(
        node instanceof YamlNode.Mapping,
        "Unexpected element type. Each element should be a yaml associative array.",
        plain);
    YamlNode.Mapping mapping = (YamlNode.Mapping) node;
    Item item = new Item(mapping, plain);
    if (item.has("required_engine_version")) {
      readEngineVersion(mapping, file);
    } else if (item.has("required_plugin_versions")) {
      readPluginVersions(mapping, file);
    } else if (item.has("list")) {
      readList(named(mapping, file, ItemType.LIST, "list"));
    } else if (item.has("macro")) {
      readMacro(named(mapping, file, ItemType.MACRO, "macro"));
    } else if (item.has("rule")) {
      Item rule = named(mapping, file, ItemType.RULE, "rule");
      rules.read(rule);
      warnUnknownKeys(rule, ItemKey.of(ItemKey.Item.RULE));
    } else {
      warn(IssueCode.LOAD_UNKNOWN_ITEM, "Unknown top level item", plain);
    }
  }

  /** The item with its name in the context. */
  private static Item named(YamlNode.Mapping mapping, IssueContext file, ItemType type, String key)
      throws IssueException {
    String name = new Item(mapping, Item.at(file, mapping, type, "")).text(key);
    return new Item(mapping, Item.at(file, mapping, type, name));
  }

  private void warn(IssueCode code, String message, IssueContext context) {
    issues.accept(new Issue(code, message, context));
  }

  private void warnUnknownKeys(Item item, Set<String> known) throws IssueException {
    for (YamlNode.Entry entry : item.node().entries()) {
      String key = item.scalarText(entry.key());
      if (!known.contains(key)) {
        warn(
            IssueCode.LOAD_UNKNOWN_KEY,
            "Unknown key '" + key + "'. The key will be ignored.",
            item.context());
      }
    }
  }

  private void readEngineVersion(YamlNode.Mapping mapping, IssueContext file)
      throws IssueException {
    String key = "required_engine_version";
    Item item = new Item(mapping, Item.at(file, mapping, ItemType.REQUIRED_ENGINE_VERSION, ""));
    String text = item.text(key);
    // A number alone is the minor version.
    Optional<Version> version =
        Item.parseNumber(text)
            .map(minor -> new Version(0, (int) Math.min(minor, Integer.MAX_VALUE), 0))
            .or(() -> Version.parse(text));
    Item.check(
        version.isPresent(),
        "Unable to parse engine version '"
            + text
            + "' as a semver string. Expected \"x.y.z\" semver format.",
        item.context());
    collector.requireEngine(version.orElseThrow(), item.context());
    warnUnknownKeys(item, ItemKey.of(ItemKey.Item.ENGINE_VERSION));
  }

  private void readPluginVersions(YamlNode.Mapping mapping, IssueContext file)
      throws IssueException {
    String key = "required_plugin_versions";
    YamlNode value = mapping.find(key).orElseThrow();
    IssueContext context = Item.at(file, value, ItemType.REQUIRED_PLUGIN_VERSIONS, "");
    Item.check(
        value instanceof YamlNode.Sequence,
        "Value of required_plugin_versions must be a sequence",
        context);
    for (YamlNode plugin : ((YamlNode.Sequence) value).items()) {
      readPluginVersion(plugin, context);
    }
    warnUnknownKeys(
        new Item(mapping, Item.at(file, mapping, ItemType.REQUIRED_PLUGIN_VERSIONS, "")),
        ItemKey.of(ItemKey.Item.PLUGIN_VERSIONS));
  }

  private void readPluginVersion(YamlNode node, IssueContext parent) throws IssueException {
    ItemType type = ItemType.REQUIRED_PLUGIN_VERSIONS_ENTRY;
    Item.check(
        node instanceof YamlNode.Mapping,
        "Plugin version must be a mapping",
        Item.at(parent, node, type, ""));
    Item plugin = named((YamlNode.Mapping) node, parent, type, "name");
    List<PluginRequirement.Alternative> alternatives = new ArrayList<>();
    alternatives.add(
        new PluginRequirement.Alternative(plugin.text("name"), plugin.text("version")));
    Optional<YamlNode> others = plugin.node().find("alternatives");
    if (others.isPresent()) {
      Item.check(
          others.get() instanceof YamlNode.Sequence,
          "Value of plugin version alternatives must be a sequence",
          plugin.context());
      for (YamlNode other : ((YamlNode.Sequence) others.get()).items()) {
        alternatives.add(readAlternative(other, plugin.context()));
      }
    }
    collector.requirePlugin(new PluginRequirement(alternatives), plugin.context());
  }

  private static PluginRequirement.Alternative readAlternative(YamlNode node, IssueContext parent)
      throws IssueException {
    ItemType type = ItemType.REQUIRED_PLUGIN_VERSIONS_ALTERNATIVE;
    Item.check(
        node instanceof YamlNode.Mapping,
        "Plugin version alternative must be a mapping",
        Item.at(parent, node, type, ""));
    Item item = named((YamlNode.Mapping) node, parent, type, "name");
    return new PluginRequirement.Alternative(item.text("name"), item.text("version"));
  }

  private void readList(Item item) throws IssueException {
    String name = item.text("list");
    if (!LIST_NAME.matcher(name).matches()) {
      warn(
          IssueCode.LOAD_INVALID_LIST_NAME,
          "List has an invalid name. List names should match a regular expression: " + BARE_TEXT,
          item.context());
    }
    ListDefinition list = new ListDefinition(name, item.texts("items"), item.context());
    if (isAppend(item, "items")) {
      collector.append(list);
    } else {
      collector.define(list);
    }
    warnUnknownKeys(item, ItemKey.of(ItemKey.Item.LIST));
  }

  private void readMacro(Item item) throws IssueException {
    String name = item.text("macro");
    if (!MACRO_NAME.matcher(name).matches()) {
      warn(
          IssueCode.LOAD_INVALID_MACRO_NAME,
          "Macro has an invalid name. Macro names should match a regular expression: " + IDENTIFIER,
          item.context());
    }
    String condition = item.text("condition");
    MacroDefinition macro =
        new MacroDefinition(
            name, condition, item.context(), item.at("condition", ItemType.MACRO_CONDITION, ""));
    if (isAppend(item, "condition")) {
      collector.append(macro);
    } else {
      collector.define(macro);
    }
    warnUnknownKeys(item, ItemKey.of(ItemKey.Item.MACRO));
  }

  /** True when the only thing that the item has is to be appended. */
  private boolean isAppend(Item item, String key) throws IssueException {
    boolean append = appendFlag(item, issues);
    List<String> keys = List.of(key);
    Overrides overrides = Overrides.read(item, keys, keys);
    Item.check(!append || overrides.isEmpty(), Overrides.WITH_APPEND, item.context());
    return append || overrides.append.contains(key);
  }

  /** The deprecated key. */
  static boolean appendFlag(Item item, Consumer<Issue> issues) throws IssueException {
    boolean append = item.flag("append", false);
    if (append) {
      issues.accept(new Issue(IssueCode.LOAD_DEPRECATED_ITEM, APPEND_WARNING, item.context()));
    }
    return append;
  }
}
