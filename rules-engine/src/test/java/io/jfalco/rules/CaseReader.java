package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.rules.RuleCase.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads cases. What it does not know it refuses, so that no misspelt key makes a test weaker. */
final class CaseReader {
  private static final Set<String> KEYS =
      Set.of("rule", "case", "local", "also", "trigger", "near_miss", "upstream");
  private static final Set<String> CHANGE_KEYS = Set.of("change", "upstream");

  private CaseReader() {}

  /** All cases of a directory, by file name. */
  static List<RuleCase> read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files = list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    List<RuleCase> cases = new ArrayList<>();
    for (Path file : files) {
      for (Object item : (List<?>) load(file)) {
        cases.add(ruleCase(map(item), file.getFileName().toString()));
      }
    }
    return cases;
  }

  /** The content of a YAML file. */
  static Object load(Path file) throws IOException {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    return textKeys(new Load(settings).loadFromString(Files.readString(file)));
  }

  /** Numbers may be keys as well (descriptors). */
  private static Object textKeys(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), textKeys(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(textKeys(item)));
      return copy;
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static RuleCase ruleCase(Map<String, Object> item, String file) {
    assertThat(KEYS).as("keys of %s in %s", item.get("rule"), file).containsAll(item.keySet());
    List<NearMiss> changes = new ArrayList<>();
    for (Object change : (List<?>) item.getOrDefault("near_miss", List.of())) {
      changes.add(nearMiss(map(change)));
    }
    Set<String> also = new LinkedHashSet<>();
    ((List<?>) item.getOrDefault("also", List.of())).forEach(name -> also.add((String) name));
    return new RuleCase(
        (String) item.get("rule"),
        (String) item.getOrDefault("case", ""),
        Optional.ofNullable((String) item.get("local")),
        also,
        map(item.get("trigger")),
        changes,
        Optional.ofNullable((String) item.get("upstream")));
  }

  private static NearMiss nearMiss(Map<String, Object> item) {
    boolean marked = item.containsKey("change");
    if (marked) {
      assertThat(CHANGE_KEYS).containsAll(item.keySet());
    }
    Map<String, Object> change = marked ? map(item.get("change")) : item;
    assertThat(change).as("a near miss changes one value").hasSize(1);
    String path = change.keySet().iterator().next();
    return new NearMiss(
        path,
        change.get(path),
        marked ? Optional.ofNullable((String) item.get("upstream")) : Optional.empty());
  }
}
