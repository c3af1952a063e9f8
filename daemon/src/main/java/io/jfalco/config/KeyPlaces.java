package io.jfalco.config;

import io.jfalco.rule.yaml.YamlMark;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the keys of the merged configuration come from: a file and line, or an option. */
final class KeyPlaces {
  private final Map<String, String> places = new HashMap<>();

  /** The keys of a file that is merged into what there is. */
  void addFile(String file, Map<String, YamlMark> marks, ConfigTree.Strategy strategy) {
    Set<String> before = new HashSet<>();
    places.keySet().forEach(key -> before.add(top(key)));
    marks.forEach(
        (key, mark) -> {
          boolean kept = strategy == ConfigTree.Strategy.ADD_ONLY && before.contains(top(key));
          if (!kept && !key.contains("[")) {
            places.put(key, file + ":" + (mark.line() + 1) + ":" + (mark.column() + 1));
          }
        });
  }

  private static String top(String key) {
    int end = key.indexOf('.');
    return end < 0 ? key : key.substring(0, end);
  }

  /** The key of an option. */
  void addOption(String option) {
    String key = option.substring(0, Math.max(0, option.indexOf('=')));
    places.put(key.replaceAll("\\[[^\\]]*]", ""), "-o " + key);
  }

  /** The place of a key, or of the map that it belongs to. */
  private Optional<String> of(String key) {
    for (String at = key; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      if (places.containsKey(at)) {
        return Optional.of(places.get(at));
      }
    }
    return Optional.empty();
  }

  /** The same mistake, with the place of the key that it is about. */
  ConfigException in(ConfigException mistake) {
    return of(mistake.key())
        .map(place -> new ConfigException(mistake.getMessage() + " (" + place + ")", mistake))
        .orElse(mistake);
  }
}
