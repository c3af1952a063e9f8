package io.jfalco.rule.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of the items of rules files: one row each. */
public enum ItemKey {
  APPEND("append", Type.FLAG, Change.NONE, Item.RULE, Item.MACRO, Item.LIST),
  CAPTURE("capture", Type.FLAG, Change.REPLACE, Item.RULE),
  CAPTURE_DURATION("capture_duration", Type.NUMBER, Change.REPLACE, Item.RULE),
  CONDITION("condition", Type.TEXT, Change.BOTH, Item.RULE, Item.MACRO),
  DESC("desc", Type.TEXT, Change.BOTH, Item.RULE),
  ENABLED("enabled", Type.FLAG, Change.REPLACE, Item.RULE),
  EXCEPTIONS("exceptions", Type.EXCEPTIONS, Change.BOTH, Item.RULE),
  ITEMS("items", Type.ITEMS, Change.NONE, Item.LIST),
  LIST("list", Type.TEXT, Change.NONE, Item.LIST),
  MACRO("macro", Type.TEXT, Change.NONE, Item.MACRO),
  OUTPUT("output", Type.TEXT, Change.BOTH, Item.RULE),
  OVERRIDE("override", Type.OVERRIDE, Change.NONE, Item.RULE, Item.MACRO, Item.LIST),
  PRIORITY("priority", Type.PRIORITY, Change.REPLACE, Item.RULE),
  REQUIRED_ENGINE_VERSION("required_engine_version", Type.TEXT, Change.NONE, Item.ENGINE_VERSION),
  REQUIRED_PLUGIN_VERSIONS(
      "required_plugin_versions", Type.PLUGINS, Change.NONE, Item.PLUGIN_VERSIONS),
  RULE("rule", Type.TEXT, Change.NONE, Item.RULE),
  SKIP_IF_UNKNOWN_FILTER("skip-if-unknown-filter", Type.FLAG, Change.REPLACE, Item.RULE),
  SOURCE("source", Type.TEXT, Change.NONE, Item.RULE),
  TAGS("tags", Type.TEXTS, Change.BOTH, Item.RULE),
  WARN_EVTTYPES("warn_evttypes", Type.FLAG, Change.REPLACE, Item.RULE);

  /** Kinds of items. */
  public enum Item {
    RULE,
    MACRO,
    LIST,
    ENGINE_VERSION,
    PLUGIN_VERSIONS
  }

  /** Kinds of values. */
  enum Type {
    TEXT,
    FLAG,
    NUMBER,
    TEXTS,
    ITEMS,
    PRIORITY,
    EXCEPTIONS,
    OVERRIDE,
    PLUGINS
  }

  /** What a rule's override may do to the key. */
  private enum Change {
    NONE,
    REPLACE,
    BOTH
  }

  private final String text;
  private final Type type;
  private final Change change;
  private final Set<Item> items;

  ItemKey(String text, Type type, Change change, Item... items) {
    this.text = text;
    this.type = type;
    this.change = change;
    this.items = Set.of(items);
  }

  /** As written in files. */
  public String text() {
    return text;
  }

  Type type() {
    return type;
  }

  /** The keys that mean something in an item. */
  public static Set<String> of(Item item) {
    Set<String> keys = new LinkedHashSet<>();
    for (ItemKey key : values()) {
      if (key.items.contains(item)) {
        keys.add(key.text);
      }
    }
    return keys;
  }

  /** The keys of rules that an override may append to, sorted. */
  public static List<String> appendable() {
    return overridden(Set.of(Change.BOTH));
  }

  /** The keys of rules that an override may replace, sorted. */
  public static List<String> replaceable() {
    return overridden(Set.of(Change.BOTH, Change.REPLACE));
  }

  private static List<String> overridden(Set<Change> how) {
    Set<String> keys = new TreeSet<>();
    for (ItemKey key : values()) {
      if (how.contains(key.change)) {
        keys.add(key.text);
      }
    }
    return List.copyOf(keys);
  }
}
