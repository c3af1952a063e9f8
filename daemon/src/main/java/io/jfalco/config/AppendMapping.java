package io.jfalco.config;

import io.jfalco.config.Config.AppendedOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** {@code append_output}: what is added to the outputs of rules. */
final class AppendMapping {
  /** What Falco's container plugin suggests for every system call rule. */
  private static final String SUGGESTED_OUTPUT =
      "container_id=%container.id container_name=%container.name"
          + " container_image_repository=%container.image.repository"
          + " container_image_tag=%container.image.tag"
          + " k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name";

  private static final String SYSCALL = "syscall";

  private final ConfigTree tree;
  private final Consumer<String> warnings;

  AppendMapping(ConfigTree tree, Consumer<String> warnings) {
    this.tree = tree;
    this.warnings = warnings;
  }

  /**
   * All entries, in order.
   *
   * @throws ConfigException with the reason alone
   */
  List<AppendedOutput> entries() throws ConfigException {
    List<AppendedOutput> entries = new ArrayList<>();
    for (Object entry : tree.list("append_output")) {
      if (!(entry instanceof Map<?, ?> map)) {
        throw new ConfigException("append_output", "an entry of 'append_output' is not a map");
      }
      add(map, entries);
    }
    return List.copyOf(entries);
  }

  private void add(Map<?, ?> map, List<AppendedOutput> entries) throws ConfigException {
    Map<?, ?> match = map.get("match") instanceof Map<?, ?> given ? given : Map.of();
    Optional<String> source = text(match, "source");
    Optional<String> rule = text(match, "rule");
    TreeSet<String> tags = new TreeSet<>();
    if (match.get("tags") instanceof List<?> list) {
      list.forEach(tag -> tags.add(tag.toString()));
    }
    if (rule.isPresent() && !tags.isEmpty()) {
      warnings.accept(
          "An append_output entry specifies both a rule ("
              + rule.get()
              + ") and tags ("
              + String.join(", ", tags)
              + "): it is for that rule only, and only if it has all of these tags");
    }
    SortedMap<String, String> formatted = new TreeMap<>();
    SortedSet<String> raw = new TreeSet<>();
    addFields(map.get("extra_fields"), formatted, raw);
    String format = text(map, "extra_output").orElse("");
    if (!format.isEmpty() || !formatted.isEmpty() || !raw.isEmpty()) {
      entries.add(
          new AppendedOutput(
              source,
              rule,
              tags,
              format,
              Collections.unmodifiableSortedMap(formatted),
              Collections.unmodifiableSortedSet(raw)));
    }
    boolean suggested = text(map, "suggested_output").flatMap(ConfigTree::truth).orElse(false);
    if (suggested && source.map(SYSCALL::equals).orElse(true)) {
      entries.add(
          new AppendedOutput(
              Optional.of(SYSCALL),
              rule,
              tags,
              suggested(),
              Collections.emptySortedMap(),
              Collections.emptySortedSet()));
    }
  }

  /** Falco suggests constants before what plugins suggest. */
  private String suggested() {
    StringBuilder out = new StringBuilder();
    new TreeSet<>(tree.map("static_fields").keySet())
        .stream()
            .filter(name -> name.matches("[A-Za-z0-9_.]+"))
            .forEach(
                name ->
                    out.append("static_")
                        .append(name.replace('.', '_'))
                        .append("=%static.")
                        .append(name)
                        .append(' '));
    return out.append(SUGGESTED_OUTPUT).toString();
  }

  private static void addFields(
      Object list, SortedMap<String, String> formatted, SortedSet<String> raw)
      throws ConfigException {
    if (list == null || list == ConfigTree.NOTHING || list.equals("")) {
      return;
    }
    if (!(list instanceof List<?> definitions)) {
      throw new ConfigException(
          "append_output", "'extra_fields' of an 'append_output' entry is not a list");
    }
    for (Object definition : definitions) {
      String name;
      boolean twice;
      if (definition instanceof Map<?, ?> map && map.size() == 1) {
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        name = only.getKey().toString();
        twice = raw.contains(name) || formatted.put(name, only.getValue().toString()) != null;
      } else if (definition instanceof String field && !field.isEmpty()) {
        name = field;
        twice = formatted.containsKey(name) || !raw.add(name);
      } else {
        throw new ConfigException(
            "append_output",
            "an entry of 'extra_fields' is neither the name of a field nor a name with a format");
      }
      if (twice) {
        throw new ConfigException("append_output", "'extra_fields' has '" + name + "' twice");
      }
    }
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(Object::toString).filter(s -> !s.isEmpty());
  }
}
