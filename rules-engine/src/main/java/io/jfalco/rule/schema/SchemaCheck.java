package io.jfalco.rule.schema;

import io.jfalco.rule.yaml.YamlException;
import io.jfalco.rule.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Compares values with a schema. All scalars count as text, and as what they look like. Wording and
 * order are those of the library that Falco uses.
 */
final class SchemaCheck {
  /** Most complaints about a file that are kept. */
  static final int MAX_COMPLAINTS = 10_000;

  private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?[0-9]+");

  private final StringBuilder place = new StringBuilder("<root>");
  private List<String> complaints;

  /** A check that adds to these complaints. */
  SchemaCheck(List<String> complaints) {
    this.complaints = complaints;
  }

  /**
   * True when a value fits.
   *
   * @throws YamlException when a key is no scalar
   */
  boolean check(JsonSchema schema, YamlNode node) throws YamlException {
    return fits(schema, node);
  }

  private boolean complain(String problem) {
    if (complaints.size() < MAX_COMPLAINTS) {
      complaints.add("failed for " + place + ": " + problem);
    }
    return false;
  }

  private boolean fits(JsonSchema schema, YamlNode node) throws YamlException {
    boolean fits = true;
    if (!schema.type().isEmpty() && !hasType(schema.type(), node)) {
      fits = complain("Value type not permitted by 'type' constraint.");
    }
    if (!schema.anyOf().isEmpty()) {
      fits &= fitsAny(schema.anyOf(), node);
    }
    if (!schema.values().isEmpty() && !isOneOf(schema.values(), node)) {
      fits = complain("Failed to match against any enum values.");
    }
    if (schema.items().isPresent() && node instanceof YamlNode.Sequence sequence) {
      fits &= itemsFit(schema.items().get(), sequence.items());
    }
    if (node instanceof YamlNode.Mapping mapping) {
      fits &= objectFits(schema, mapping);
    }
    return fits;
  }

  private static boolean hasType(String type, YamlNode node) {
    return switch (type) {
      case "array" -> node instanceof YamlNode.Sequence;
      case "object" -> node instanceof YamlNode.Mapping;
      default -> node instanceof YamlNode.Scalar scalar && looksLike(type, scalar.text());
    };
  }

  private static boolean looksLike(String type, String text) {
    return switch (type) {
      case "boolean" -> text.equals("true") || text.equals("false");
      case "integer" -> INTEGER.matcher(text).matches() && isLong(text.strip());
      default -> true;
    };
  }

  private static boolean isLong(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isOneOf(List<String> values, YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && values.contains(scalar.text());
  }

  private boolean fitsAny(List<JsonSchema> choices, YamlNode node) throws YamlException {
    List<String> outer = complaints;
    complaints = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (fits(choices.get(i), node)) {
        complaints = outer;
        return true;
      }
      complain("Failed to validate against child schema #" + i + ".");
    }
    if (outer.size() < MAX_COMPLAINTS) {
      outer.addAll(complaints);
    }
    complaints = outer;
    return complain("Failed to validate against any schemas allowed by anyOf constraint.");
  }

  private boolean fitsAt(String name, JsonSchema schema, YamlNode node) throws YamlException {
    int length = place.length();
    place.append('[').append(name).append(']');
    boolean fits = fits(schema, node);
    place.setLength(length);
    return fits;
  }

  private boolean itemsFit(JsonSchema schema, List<YamlNode> items) throws YamlException {
    boolean fit = true;
    for (int i = 0; i < items.size(); i++) {
      if (!fitsAt(Integer.toString(i), schema, items.get(i))) {
        fit = complain("Failed to validate item #" + i + " in array.");
      }
    }
    return fit;
  }

  private boolean objectFits(JsonSchema schema, YamlNode.Mapping node) throws YamlException {
    boolean fits = true;
    if (node.entries().size() < schema.least()) {
      fits = complain("Object should have no fewer than " + schema.least() + " properties.");
    }
    if (schema.properties().isPresent()) {
      fits &= propertiesFit(schema.properties().get(), node);
    }
    for (String name : schema.required().orElse(List.of())) {
      if (find(node, name).isEmpty()) {
        fits = complain("Missing required property '" + name + "'.");
      }
    }
    return fits;
  }

  private boolean propertiesFit(SortedMap<String, JsonSchema> properties, YamlNode.Mapping node)
      throws YamlException {
    boolean fit = true;
    Set<String> found = new HashSet<>();
    for (Map.Entry<String, JsonSchema> property : properties.entrySet()) {
      String name = property.getKey();
      Optional<YamlNode> value = find(node, name);
      if (value.isPresent()) {
        found.add(name);
        if (!fitsAt(name, property.getValue(), value.get())) {
          fit =
              complain(
                  "Failed to validate against schema associated with property name '"
                      + name
                      + "'.");
        }
      }
    }
    if (found.size() != node.entries().size()) {
      fit =
          complain(
              "Object contains a property that could not be validated using 'properties' or"
                  + " 'additionalProperties' constraints: '"
                  + firstOther(node, found)
                  + "'.");
    }
    return fit;
  }

  private static Optional<YamlNode> find(YamlNode.Mapping node, String name) throws YamlException {
    for (YamlNode.Entry entry : node.entries()) {
      if (entry.key().asText().equals(name)) {
        return Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }

  /** The first key that is none of these; empty when there is only one of them twice. */
  private static String firstOther(YamlNode.Mapping node, Set<String> known) throws YamlException {
    for (YamlNode.Entry entry : node.entries()) {
      String key = entry.key().asText();
      if (!known.contains(key)) {
        return key;
      }
    }
    return "";
  }
}
