package io.jfalco.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The keys of the configuration as a JSON schema (draft 6), for editors and checkers. */
public final class ConfigJsonSchema {
  private static final String LIST = "[]";

  private ConfigJsonSchema() {}

  /** The schema: maps, texts and truth values. */
  public static Map<String, Object> json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-06/schema#");
    schema.put("title", "falco.yaml");
    schema.putAll(object());
    ConfigKeys.all().values().forEach(key -> add(schema, key.name(), key));
    return schema;
  }

  private static Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("additionalProperties", false);
    object.put("properties", new TreeMap<String, Object>());
    return object;
  }

  /** Adds what is left of the name of a key below a node. */
  private static void add(Map<String, Object> node, String rest, ConfigKey key) {
    int end = rest.indexOf('.');
    String step = end < 0 ? rest : rest.substring(0, end);
    String name = step.replace(LIST, "");
    boolean list = step.endsWith(LIST);
    Map<String, Object> properties = child(node, "properties");
    if (end < 0) {
      Map<String, Object> value = value(key);
      properties.put(name, described(list ? list(value) : value, key));
      return;
    }
    if (!properties.containsKey(name)) {
      properties.put(name, list ? list(object()) : object());
    }
    Map<String, Object> member = child(properties, name);
    Map<String, Object> entry = list ? child(member, "items") : member;
    if (!entry.containsKey("properties")) {
      entry.putAll(object());
    }
    add(entry, rest.substring(end + 1), key);
  }

  @SuppressWarnings("unchecked") // all nodes are made here
  private static Map<String, Object> child(Map<String, Object> node, String name) {
    return (Map<String, Object>) node.get(name);
  }

  private static Map<String, Object> list(Map<String, Object> items) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", items);
    return list;
  }

  private static Map<String, Object> described(Map<String, Object> value, ConfigKey key) {
    value.put("description", key.text().replace("`", ""));
    return value;
  }

  private static Map<String, Object> value(ConfigKey key) {
    Map<String, Object> value = new LinkedHashMap<>();
    switch (key.type()) {
      case "bool" -> value.put("type", "boolean");
      case "integer" -> value.put("type", "integer");
      case "number" -> value.put("type", "number");
      case "text" -> value.put("type", "string");
      case "map" -> value.put("type", "object");
      default -> {
        // Any value.
      }
    }
    return value;
  }
}
