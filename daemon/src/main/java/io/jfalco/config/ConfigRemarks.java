package io.jfalco.config;

import io.jfalco.config.ConfigSchema.Problem;
import io.jfalco.config.ConfigText.Repeated;
import io.jfalco.config.OldKeys.OldKey;
import io.jfalco.rule.yaml.YamlMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is told of keys that are unknown, of a wrong type or old: each with its place. */
final class ConfigRemarks {
  private final List<String> problems = new ArrayList<>();
  private final List<Found> old = new ArrayList<>();
  private final KeyPlaces places = new KeyPlaces();

  /** An old key and where it is. */
  private record Found(String place, OldKey key) {}

  /** Looks at a file; returns what its line in the log says of it. */
  String addFile(
      String name, ConfigTree tree, ConfigText.Document document, ConfigTree.Strategy strategy) {
    Map<String, YamlMark> marks = document.marks();
    places.addFile(name, marks, strategy);
    List<Problem> found = ConfigSchema.problems(tree);
    List<String> texts = new ArrayList<>();
    for (Repeated key : document.repeated()) {
      int first = marks.get(key.path()).line() + 1;
      texts.add(
          place(name, key.mark())
              + ("'" + key.path() + "' is in line " + first + " already")
              + "; it has no effect here");
    }
    for (Problem problem : found) {
      if (!isOld(tree, problem.where())) {
        texts.add(place(name, marks.get(problem.where())) + text(problem));
      }
    }
    add(name, texts);
    for (OldKey key : OldKeys.all().values()) {
      if (tree.has(key.name())) {
        old.add(new Found(place(name, marks.get(key.name())), key));
      }
    }
    return found.isEmpty() && !document.repeated().isEmpty()
        ? ConfigSchema.repeated(document.repeated().get(0).map())
        : ConfigSchema.verdict(found);
  }

  /** Looks at an option {@code key=value}. */
  void addOption(String option) throws ConfigException {
    places.addOption(option);
    ConfigTree tree = ConfigTree.ofOption(option);
    String place = "-o " + option.substring(0, option.indexOf('=')) + ": ";
    List<String> texts = new ArrayList<>();
    for (Problem problem : ConfigSchema.problems(tree)) {
      if (!problem.understood() && !isOld(tree, problem.where())) {
        texts.add(place + text(problem));
      }
    }
    add(place.substring(0, place.length() - 2), texts);
    for (OldKey key : OldKeys.all().values()) {
      if (tree.has(key.name())) {
        old.add(new Found(place, key));
      }
    }
  }

  private void add(String name, List<String> texts) {
    boolean more = texts.size() >= ConfigSchema.MOST;
    problems.addAll(more ? texts.subList(0, ConfigSchema.MOST - 1) : texts);
    if (more) {
      problems.add(name + ": and more of this kind");
    }
  }

  /** True when what is unknown is, contains or is part of an old key, of which more is told. */
  private static boolean isOld(ConfigTree tree, String where) {
    for (OldKey key : OldKeys.all().values()) {
      String name = key.name();
      boolean related =
          name.equals(where) || name.startsWith(where + ".") || where.startsWith(name + ".");
      if (related && tree.has(name)) {
        return true;
      }
    }
    return false;
  }

  private static String place(String file, YamlMark mark) {
    return mark == null
        ? file + ": "
        : file + ":" + (mark.line() + 1) + ":" + (mark.column() + 1) + ": ";
  }

  private static String text(Problem problem) {
    if (problem.unknown().isEmpty()) {
      String effect = problem.understood() ? "" : "; it counts as absent";
      return "'" + problem.where() + "' " + problem.details() + effect;
    }
    String map = problem.path().replaceAll("\\[[0-9]+]", "[]");
    return "unknown key '"
        + problem.where()
        + "'"
        + NearestKey.of(map, problem.unknown().get())
            .map(key -> ", did you mean '" + key + "'?")
            .orElse("; it has no effect");
  }

  /** Where the keys of all that was looked at are. */
  KeyPlaces places() {
    return places;
  }

  /** Gives the values of old keys to those that replaced them, and returns all that is told. */
  List<String> complete(ConfigTree tree) throws ConfigException {
    Map<OldKey, List<String>> taken = new HashMap<>();
    for (OldKey key : OldKeys.all().values()) {
      List<String> replacements = new ArrayList<>();
      Object value = tree.node(key.name());
      for (String replacement : value == null ? List.<String>of() : key.replacements()) {
        if (!tree.has(replacement)) {
          tree.put(replacement, value);
          replacements.add(replacement);
        }
      }
      taken.put(key, replacements);
    }
    List<String> all = new ArrayList<>(problems);
    old.forEach(found -> all.add(found.place() + found.key().message(taken.get(found.key()))));
    return all;
  }
}
