package io.jfalco.daemon;

import io.jfalco.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** What a reload cannot change, because source and state stay as they are. */
final class FixedKeys {
  private static final List<String> SECTIONS =
      List.of("engine", "falco_libs", "watch_config_files");

  private FixedKeys() {}

  /** The next setup with these parts of the running one; changes of theirs are warned of. */
  static Setup keep(Setup running, Setup next) {
    TreeSet<String> keys = new TreeSet<>(running.values().keySet());
    keys.addAll(next.values().keySet());
    List<String> changed = new ArrayList<>();
    for (String key : keys) {
      if (isFixed(key) && !Objects.equals(running.values().get(key), next.values().get(key))) {
        changed.add(key);
      }
    }
    if (!changed.isEmpty()) {
      Log.warning(
          "Changed, but without effect until the daemon is restarted: "
              + String.join(", ", changed));
    }
    Config config = next.config().withFixedOf(running.config());
    return new Setup(config, next.rules(), next.values(), next.files(), next.sums());
  }

  private static boolean isFixed(String key) {
    return SECTIONS.stream()
        .anyMatch(section -> key.equals(section) || key.startsWith(section + "."));
  }
}
