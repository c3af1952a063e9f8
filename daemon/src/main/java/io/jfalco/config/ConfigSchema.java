package io.jfalco.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys that Falco's configuration has, with their types. A file that does not keep to them is
 * reported and used nevertheless.
 */
final class ConfigSchema {
  /** More problems are not looked for. */
  static final int MOST = 101;

  private static final int LONGEST_SHOWN = 40;
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

  /**
   * Something in a file that the schema does not allow.
   *
   * @param place where, in the form of Falco's messages
   * @param path path of the value, or of the map in which the unknown key is
   * @param unknown the key, when it is an unknown one
   * @param message Falco's message
   * @param details what a value of a wrong type should be, and what it is
   * @param understood the value is taken nevertheless
   */
  record Problem(
      String place,
      String path,
      Optional<String> unknown,
      String message,
      String details,
      boolean understood) {
    /** Path of what is wrong. */
    String where() {
      return unknown.map(key -> ConfigTree.below(path, key)).orElse(path);
    }
  }

  /**
   * What the schema does not allow, in the order in which Falco finds it.
   *
   * @return at most {@link #MOST} problems
   */
  static List<Problem> problems(ConfigTree tree) {
    List<Problem> problems = new ArrayList<>();
    check(tree.root(), "", "", "<root>", problems);
    return problems.subList(0, Math.min(MOST, problems.size()));
  }

  /** {@code ok}, or {@code failed for PLACE: WHY} with the first problem. */
  static String verdict(List<Problem> problems) {
    return problems.isEmpty()
        ? "ok"
        : "failed for " + problems.get(0).place() + ": " + problems.get(0).message();
  }

  /** What Falco says of a map with a key that it has already. */
  static String repeated(String map) {
    String place = map.isEmpty() ? "" : "[" + map.replace(".", "][") + "]";
    return "failed for <root>" + place + ": " + unknown("");
  }

  private static String unknown(String name) {
    return "Object contains a property that could not be validated using 'properties' or"
        + " 'additionalProperties' constraints: '"
        + name
        + "'.";
  }

  private static void check(
      Object node, String key, String path, String place, List<Problem> problems) {
    if (problems.size() >= MOST) {
      return;
    }
    String type = TYPES.get(key);
    if (type != null && !(type.equals("any") && node instanceof Map && isAbove(key))) {
      if (!fits(node, type)) {
        problems.add(wrongType(path, place, type, node, isUnderstood(node, type)));
      }
    } else if (isList(key)) {
      checkList(node, key, path, place, problems);
    } else if (node instanceof Map<?, ?> map) {
      checkMap(map, key, path, place, problems);
    } else if (!isNothing(node)) {
      problems.add(wrongType(path, place, "map", node, false));
    }
  }

  private static void checkList(
      Object node, String key, String path, String place, List<Problem> problems) {
    if (node instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String index = "[" + i + "]";
        check(list.get(i), key + "[]", path + index, place + index, problems);
      }
    } else {
      problems.add(wrongType(path, place, "list", node, node instanceof String));
    }
  }

  private static Problem wrongType(
      String path, String place, String type, Object node, boolean understood) {
    String wanted = (understood ? "should be " : "must be ") + wanted(type);
    return new Problem(
        place,
        path,
        Optional.empty(),
        "Value type not permitted by 'type' constraint.",
        isNothing(node) ? "has no value" : wanted + ", not " + found(node),
        understood);
  }

  private static String found(Object node) {
    if (node instanceof Map) {
      return "a map";
    }
    if (node instanceof List) {
      return "a list";
    }
    String text = node.toString();
    return "'"
        + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text)
        + "'";
  }

  private static String wanted(String type) {
    return switch (type) {
      case "bool" -> "true or false";
      case "integer" -> "an integer";
      default -> "a " + type;
    };
  }

  /** Falco looks at the keys that it knows first, by name. */
  private static void checkMap(
      Map<?, ?> map, String key, String path, String place, List<Problem> problems) {
    TreeMap<String, Object> known = new TreeMap<>();
    List<Problem> unknown = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = entry.getKey().toString();
      String child = ConfigTree.below(key, name);
      if (PLACES.contains(child)) {
        known.put(name, entry.getValue());
      } else if (unknown.size() < MOST && !OldKeys.isInSchema(child)) {
        unknown.add(new Problem(place, path, Optional.of(name), unknown(name), "", false));
      }
    }
    known.forEach(
        (name, value) ->
            check(
                value,
                ConfigTree.below(key, name),
                ConfigTree.below(path, name),
                place + "[" + name + "]",
                problems));
    problems.addAll(unknown);
  }

  private static boolean isNothing(Object node) {
    return node == ConfigTree.NOTHING || node.equals("");
  }

  private static boolean isList(String key) {
    for (String place : PLACES) {
      if (place.startsWith(key + "[]")) {
        return true;
      }
    }
    return false;
  }

  /** True for a key of which some members are known. */
  private static boolean isAbove(String key) {
    return PLACES.stream().anyMatch(place -> place.startsWith(key + "."));
  }

  private static boolean fits(Object node, String type) {
    if (type.equals("any")) {
      return true;
    }
    if (type.equals("map")) {
      return node instanceof Map;
    }
    if (!(node instanceof String text)) {
      return false;
    }
    return switch (type) {
      case "bool" -> text.equals("true") || text.equals("false");
      case "integer" -> text.matches("[+-]?[0-9]{1,18}");
      case "number" -> isNumber(text);
      default -> true;
    };
  }

  /** True for what is meant clearly, though the schema has another form of it. */
  private static boolean isUnderstood(Object node, String type) {
    if (!(node instanceof String text)) {
      return false;
    }
    return switch (type) {
      case "bool" -> ConfigTree.truth(text).isPresent();
      case "integer" -> isInteger(text);
      default -> false;
    };
  }

  private static boolean isInteger(String text) {
    try {
      Long.decode(text.strip());
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
      return false;
    }
  }
}
