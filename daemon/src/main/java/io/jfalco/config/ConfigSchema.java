package io.jfalco.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that Falco's configuration has, with their types. A file that does not keep to them is
 * reported and used nevertheless.
 */
final class ConfigSchema {
  private static final Map<String, String> TYPES = new HashMap<>();

  /** All keys, and the keys of the maps and lists that they lie in. */
  private static final Set<String> PLACES = new HashSet<>();

  static {
    ConfigKeys.all().values().forEach(key -> add(key.name(), key.type()));
  }

  private static void add(String key, String type) {
    TYPES.put(key, type);
    PLACES.add(key);
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) == '.' || key.charAt(i) == '[') {
        PLACES.add(key.substring(0, i));
      }
    }
  }

  private ConfigSchema() {}

  /** All keys; {@code []} stands behind the name of a list. */
  static Set<String> keys() {
    return Collections.unmodifiableSet(TYPES.keySet());
  }

  /** Type of a key, as in {@link ConfigKey}. */
  static String type(String key) {
    return TYPES.get(key);
  }

  /** {@code ok}, or {@code failed for PLACE: WHY} with the first thing found. */
  static String validate(ConfigTree tree) {
    return check(tree.root(), "", "<root>").map(text -> "failed for " + text).orElse("ok");
  }

  private static Optional<String> check(Object node, String key, String place) {
    String type = TYPES.get(key);
    if (type != null) {
      return fits(node, type)
          ? Optional.empty()
          : Optional.of(place + ": Value type not permitted by 'type' constraint.");
    }
    if (node instanceof Map<?, ?> map) {
      return checkMap(map, key, place);
    }
    if (node instanceof List<?> list && isList(key)) {
      for (int i = 0; i < list.size(); i++) {
        Optional<String> problem = check(list.get(i), key + "[]", place + "[" + i + "]");
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
    return node.equals("") || isList(key) && node instanceof String
        ? Optional.empty()
        : Optional.of(place + ": Value type not permitted by 'type' constraint.");
  }

  private static Optional<String> checkMap(Map<?, ?> map, String key, String place) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = entry.getKey().toString();
      String child = key.isEmpty() ? name : key + "." + name;
      if (!PLACES.contains(child)) {
        return Optional.of(
            place
                + ": Object contains a property that could not be validated using 'properties' or"
                + " 'additionalProperties' constraints: '"
                + name
                + "'.");
      }
      Optional<String> problem = check(entry.getValue(), child, place + "[" + name + "]");
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static boolean isList(String key) {
    for (String place : PLACES) {
      if (place.startsWith(key + "[]")) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(Object node, String type) {
    if (type.equals("any")) {
      return true;
    }
    if (!(node instanceof String text)) {
      return false;
    }
    if (text.isEmpty()) {
      return true;
    }
    return switch (type) {
      case "bool" -> ConfigTree.truth(text).isPresent();
      case "integer" -> isInteger(text);
      case "number" -> isNumber(text);
      default -> true;
    };
  }

  private static boolean isInteger(String text) {
    try {
      Long.decode(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return text.matches("0x[0-9a-fA-F]+");
    }
  }
}
