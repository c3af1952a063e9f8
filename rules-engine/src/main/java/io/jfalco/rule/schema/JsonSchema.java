package io.jfalco.rule.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a JSON schema demands of a value, as far as the schema of rules files does. What has a title
 * stands under this name among the schema's definitions.
 *
 * @param title name; empty for none
 * @param type a JSON type; empty for any
 * @param anyOf one of these must fit, unless there are none
 * @param values the only texts, unless there are none
 * @param items fits each element of an array
 * @param least properties that an object has at least
 * @param properties the only properties of an object
 * @param required properties that an object must have
 */
record JsonSchema(
    String title,
    String type,
    List<JsonSchema> anyOf,
    List<String> values,
    Optional<JsonSchema> items,
    int least,
    Optional<SortedMap<String, JsonSchema>> properties,
    Optional<List<String>> required) {
  private static final String DRAFT = "http://json-schema.org/draft-06/schema#";

  private static JsonSchema of(String title, String type, List<String> values) {
    return new JsonSchema(
        title, type, List.of(), values, Optional.empty(), 0, Optional.empty(), Optional.empty());
  }

  static JsonSchema any() {
    return type("");
  }

  static JsonSchema type(String type) {
    return of("", type, List.of());
  }

  static JsonSchema texts(String title, List<String> values) {
    return of(title, "string", List.copyOf(values));
  }

  static JsonSchema anyOf(String title, JsonSchema... choices) {
    return new JsonSchema(
        title,
        "",
        List.of(choices),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }

  static JsonSchema array(JsonSchema items) {
    return new JsonSchema(
        "",
        "array",
        List.of(),
        List.of(),
        Optional.of(items),
        0,
        Optional.empty(),
        Optional.empty());
  }

  static JsonSchema object(String title, Map<String, JsonSchema> properties) {
    return new JsonSchema(
        title,
        "object",
        List.of(),
        List.of(),
        Optional.empty(),
        0,
        Optional.of(new TreeMap<>(properties)),
        Optional.empty());
  }

  JsonSchema atLeast(int count) {
    return new JsonSchema(title, type, anyOf, values, items, count, properties, required);
  }

  JsonSchema requires(String... names) {
    Optional<List<String>> sorted = Optional.of(List.copyOf(new TreeSet<>(List.of(names))));
    return new JsonSchema(title, type, anyOf, values, items, least, properties, sorted);
  }

  /** The schema as a document, keys sorted. */
  Map<String, Object> document() {
    Map<String, Object> definitions = new TreeMap<>();
    Map<String, Object> json = json(definitions);
    json.put("$schema", DRAFT);
    json.put("definitions", definitions);
    return json;
  }

  private Map<String, Object> json(Map<String, Object> definitions) {
    Map<String, Object> json = new TreeMap<>();
    if (!title.isEmpty()) {
      json.put("title", title);
    }
    if (!type.isEmpty()) {
      json.put("type", type);
    }
    if (!anyOf.isEmpty()) {
      json.put("anyOf", anyOf.stream().map(choice -> choice.inner(definitions)).toList());
    }
    if (!values.isEmpty()) {
      json.put("enum", values);
    }
    items.ifPresent(schema -> json.put("items", schema.inner(definitions)));
    if (least > 0) {
      json.put("minProperties", least);
    }
    if (properties.isPresent()) {
      Map<String, Object> inner = new TreeMap<>();
      properties.get().forEach((name, schema) -> inner.put(name, schema.inner(definitions)));
      json.put("properties", inner);
      json.put("additionalProperties", false);
    }
    required.ifPresent(names -> json.put("required", names));
    return json;
  }

  private Map<String, Object> inner(Map<String, Object> definitions) {
    if (title.isEmpty()) {
      return json(definitions);
    }
    definitions.computeIfAbsent(title, name -> Map.of());
    definitions.put(title, json(definitions));
    return Map.of("$ref", "#/definitions/" + title);
  }
}
