package io.jfalco.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Configuration before it is typed: maps, lists and texts. A value that does not fit the type it is
 * asked for counts as absent, as in Falco.
 */
final class ConfigTree {
  private static final List<String> TRUE = List.of("true", "yes", "on", "y");
  private static final List<String> FALSE = List.of("false", "no", "off", "n");

  /** The value of a key with nothing, {@code ~} or {@code null} behind it: no value. */
  static final Object NOTHING =
      new Object() {
        @Override
        public String toString() {
          return "";
        }
      };

  /** Deepest place that an option can set. */
  private static final int MAX_DEPTH = 100;

  private final Map<String, Object> root;

  private ConfigTree(Map<String, Object> root) {
    this.root = root;
  }

  static ConfigTree empty() {
    return new ConfigTree(new LinkedHashMap<>());
  }

  /** A tree of a map, or of nothing. */
  static ConfigTree of(Object root) throws ConfigException {
    if (root == NOTHING) {
      return empty();
    }
    if (!(root instanceof Map)) {
      throw new ConfigException("the configuration is not a map of keys");
    }
    return new ConfigTree(asMap(root));
  }

  /** What an option {@code key=value} sets, alone; entries of lists are the first ones. */
  static ConfigTree ofOption(String option) throws ConfigException {
    ConfigTree tree = empty();
    tree.apply(option, /* alone= */ true);
    return tree;
  }

  /** The path of a member of a map. */
  static String below(String place, String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  @SuppressWarnings("unchecked") // all maps and lists of a tree are made in ConfigText and set
  private static Map<String, Object> asMap(Object node) {
    return (Map<String, Object>) node;
  }

  @SuppressWarnings("unchecked") // all maps and lists of a tree are made in ConfigText and set
  private static List<Object> asList(Object node) {
    return (List<Object>) node;
  }

  /** The top-level keys with their values. */
  Map<String, Object> root() {
    return root;
  }

  /** A map, list or text, or null. The path has names only. */
  Object node(String path) {
    Object node = root;
    for (String name : path.split("\\.", -1)) {
      if (!(node instanceof Map)) {
        return null;
      }
      node = asMap(node).get(name);
    }
    return node;
  }

  /** True when the key has a value. */
  boolean has(String path) {
    return node(path) != null;
  }

  Optional<String> text(String path) {
    return node(path) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  String text(String path, String absent) {
    return text(path).orElse(absent);
  }

  boolean truth(String path, boolean absent) {
    return text(path).flatMap(ConfigTree::truth).orElse(absent);
  }

  /** One of YAML 1.1's words for a boolean, in lower case, upper case or with a capital. */
  static Optional<Boolean> truth(String text) {
    boolean yes = isWord(text, TRUE);
    return yes || isWord(text, FALSE) ? Optional.of(yes) : Optional.empty();
  }

  private static boolean isWord(String text, List<String> words) {
    for (String word : words) {
      String capital = Character.toUpperCase(word.charAt(0)) + word.substring(1);
      if (text.equals(word)
          || text.equals(capital)
          || text.equals(word.toUpperCase(java.util.Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  long number(String path, long absent) {
    try {
      return Long.decode(text(path, "").strip());
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  double decimal(String path, double absent) {
    try {
      return Double.parseDouble(text(path, ""));
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  /** Texts of a list; a single text is a list of one. */
  List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(path)) {
      if (element instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Texts of a list as names of files. */
  List<Path> paths(String path) throws ConfigException {
    List<Path> paths = new ArrayList<>();
    for (String name : texts(path)) {
      paths.add(path(path, name));
    }
    return paths;
  }

  /** A text as the name of a file. */
  static Path path(String key, String name) throws ConfigException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ConfigException("'" + key + "' has a name that no file can have", e);
    }
  }

  /** Sets a key to a value. */
  void put(String path, Object value) throws ConfigException {
    set(KeyPath.parse(path), value);
  }

  /** Elements of a list; a single text is a list of one. */
  List<Object> list(String path) {
    Object node = node(path);
    if (node instanceof List) {
      return asList(node);
    }
    return node instanceof String && !node.equals("") ? List.of(node) : List.of();
  }

  /** Members of a map, empty when there is none. */
  Map<String, Object> map(String path) {
    return node(path) instanceof Map<?, ?> map ? asMap(map) : Map.of();
  }

  /** All texts, by their places. */
  SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>();
    addValues("", root, values);
    return Collections.unmodifiableSortedMap(values);
  }

  private static void addValues(String place, Object node, SortedMap<String, String> values) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> addValues(below(place, key.toString()), value, values));
    } else if (node instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        addValues(place + "[" + i + "]", list.get(i), values);
      }
    } else {
      values.put(place, node.toString());
    }
  }

  /** How the keys of an included file meet those that are there. */
  enum Strategy {
    APPEND,
    OVERRIDE,
    ADD_ONLY;

    static Strategy of(String text) {
      return switch (text) {
        case "override" -> OVERRIDE;
        case "add-only" -> ADD_ONLY;
        default -> APPEND;
      };
    }
  }

  /** Merges an included file's top-level keys. */
  void merge(ConfigTree included, Strategy strategy) {
    included.root.forEach(
        (key, value) -> {
          Object old = root.get(key);
          if (strategy == Strategy.APPEND && value instanceof List) {
            List<Object> joined = new ArrayList<>(old instanceof List ? asList(old) : List.of());
            joined.addAll(asList(value));
            root.put(key, joined);
          } else if (strategy != Strategy.ADD_ONLY || old == null) {
            root.put(key, value);
          }
        });
  }

  /** Applies an option {@code key=value}. */
  void apply(String option) throws ConfigException {
    apply(option, /* alone= */ false);
  }

  private void apply(String option, boolean alone) throws ConfigException {
    int equals = option.indexOf('=');
    if (equals < 0) {
      throw new ConfigException(
          "Error parsing config option \""
              + option
              + "\". Must be of the form key=val or key.subkey=val");
    }
    String value = option.substring(equals + 1);
    boolean object = value.startsWith("{") && value.endsWith("}");
    KeyPath path = KeyPath.parse(option.substring(0, equals));
    set(alone ? path.withoutIndexes() : path, object ? ConfigText.readValue(value) : value);
  }

  private void set(KeyPath path, Object value) throws ConfigException {
    if (path.steps().isEmpty()) {
      throw new ConfigException("Config error at key \"\": Parsing error: empty key");
    }
    if (path.steps().size() > MAX_DEPTH) {
      throw new ConfigException(
          "Config error at key \""
              + path.text().substring(0, MAX_DEPTH)
              + "...\": more than "
              + MAX_DEPTH
              + " levels deep");
    }
    Object node = root;
    for (int i = 0; i < path.steps().size(); i++) {
      KeyPath.Step step = path.steps().get(i);
      boolean last = i + 1 == path.steps().size();
      Object child = last ? value : child(node, step);
      if (!last && child instanceof String text && !text.isEmpty()) {
        throw new ConfigException(
            "Config error at key \"" + path.text() + "\": a text is where it would go on");
      }
      if (!last && !(child instanceof Map) && !(child instanceof List)) {
        child = path.steps().get(i + 1) instanceof KeyPath.Name ? newMap() : new ArrayList<>();
      }
      put(path, node, step, child);
      node = child;
    }
  }

  private static Map<String, Object> newMap() {
    return new LinkedHashMap<>();
  }

  private static Object child(Object node, KeyPath.Step step) {
    if (step instanceof KeyPath.Name name) {
      return node instanceof Map ? asMap(node).get(name.key()) : null;
    }
    int index = ((KeyPath.Index) step).index();
    boolean present = node instanceof List && index >= 0 && index < asList(node).size();
    return present ? asList(node).get(index) : null;
  }

  private static void put(KeyPath path, Object node, KeyPath.Step step, Object child)
      throws ConfigException {
    if (step instanceof KeyPath.Name name && node instanceof Map) {
      asMap(node).put(name.key(), child);
      return;
    }
    if (step instanceof KeyPath.Index index && node instanceof List) {
      List<Object> list = asList(node);
      if (index.index() == KeyPath.APPEND || index.index() == list.size()) {
        list.add(child);
        return;
      }
      if (index.index() < list.size()) {
        list.set(index.index(), child);
        return;
      }
    }
    throw new ConfigException(
        "Config error at key \"" + path.text() + "\": the configuration has no such place");
  }
}
