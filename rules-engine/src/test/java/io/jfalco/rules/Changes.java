package io.jfalco.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.rules.RuleCase.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trigger with one value changed, added or (null) removed. */
final class Changes {
  private Changes() {}

  static Map<String, Object> apply(Map<String, Object> trigger, NearMiss change) {
    Map<String, Object> copy = CaseReader.map(copy(trigger));
    set(copy, change.path(), change.value());
    assertThat(copy).as("%s changes nothing", change.path()).isNotEqualTo(trigger);
    return copy;
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, copy(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return value;
  }

  /** Keys may have dots in them: the longest key that fits is taken. */
  private static void set(Map<String, Object> map, String path, Object value) {
    Map<?, ?> keys = map;
    String longest = null;
    for (Object key : keys.keySet()) {
      String name = key.toString();
      boolean fits = path.equals(name) || path.startsWith(name + ".");
      if (fits && (longest == null || name.length() > longest.length())) {
        longest = name;
      }
    }
    if (longest == null || longest.equals(path)) {
      put(map, path, value);
      return;
    }
    String rest = path.substring(longest.length() + 1);
    Object inner = map.get(longest);
    if (inner instanceof List<?> list) {
      int dot = rest.indexOf('.');
      inner = list.get(Integer.parseInt(dot < 0 ? rest : rest.substring(0, dot)));
      rest = rest.substring(dot + 1);
    }
    set(CaseReader.map(inner), rest, value);
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
