package io.jfalco.rule.schema;

import io.jfalco.alert.Priority;
import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schema of rules files. It only advises: it takes less than files may have, such as priorities
 * in upper case only.
 */
public final class RuleSchema {
  /** What is said of a document that fits. */
  public static final String OK = "ok";

  private static final JsonSchema SCHEMA = JsonSchema.array(item());

  private RuleSchema() {}

  private static JsonSchema item() {
    Map<String, JsonSchema> properties = new TreeMap<>();
    for (ItemKey key : ItemKey.values()) {
      properties.put(key.text(), schema(key.type()));
    }
    return JsonSchema.object("FalcoRule", properties).requires();
  }

  private static JsonSchema schema(ItemKey.Type type) {
    return switch (type) {
      case TEXT -> JsonSchema.type("string");
      case FLAG -> JsonSchema.type("boolean");
      case NUMBER -> JsonSchema.type("integer");
      case TEXTS -> JsonSchema.array(JsonSchema.type("string"));
      case ITEMS ->
          JsonSchema.array(
              JsonSchema.anyOf("Item", JsonSchema.type("integer"), JsonSchema.type("string")));
      case PRIORITY -> priority();
      case EXCEPTIONS -> JsonSchema.array(exception());
      case OVERRIDE -> override();
      case PLUGINS -> JsonSchema.array(plugin());
    };
  }

  private static JsonSchema priority() {
    List<String> names = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      if (priority == Priority.INFORMATIONAL) {
        names.add("INFO");
      }
      names.add(priority.name());
    }
    return JsonSchema.texts("Priority", names);
  }

  private static JsonSchema exception() {
    JsonSchema any = JsonSchema.any();
    return JsonSchema.object(
            "Exception",
            Map.of("name", JsonSchema.type("string"), "fields", any, "comps", any, "values", any))
        .requires("name");
  }

  private static JsonSchema override() {
    JsonSchema operation = JsonSchema.texts("OverriddenItem", List.of("append", "replace"));
    Map<String, JsonSchema> keys = new TreeMap<>();
    keys.put(ItemKey.ITEMS.text(), operation);
    ItemKey.replaceable().forEach(key -> keys.put(key, operation));
    return JsonSchema.object("Override", keys).atLeast(1);
  }

  private static JsonSchema plugin() {
    Map<String, JsonSchema> keys = new TreeMap<>();
    keys.put("name", JsonSchema.type("string"));
    keys.put("version", JsonSchema.type("string"));
    JsonSchema alternative = JsonSchema.object("Alternative", keys).requires("name", "version");
    keys.put("alternatives", JsonSchema.array(alternative));
    return JsonSchema.object("RequiredPluginVersion", keys).requires("name", "version");
  }

  /** The schema as an object for JSON, keys sorted. */
  public static Map<String, Object> json() {
    return SCHEMA.document();
  }

  /**
   * What the schema has against the documents of a file: for each {@link #OK}, or complaints.
   *
   * @throws YamlException when a key is no scalar where keys are compared
   */
  public static List<String> check(Collection<YamlNode> documents) throws YamlException {
    List<String> results = new ArrayList<>();
    for (YamlNode document : documents) {
      if (new SchemaCheck(results).check(SCHEMA, document)
          && results.size() < SchemaCheck.MAX_COMPLAINTS) {
        results.add(OK);
      }
    }
    return results;
  }
}
