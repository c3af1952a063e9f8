package io.jfalco.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keys that Falco has and this version does not act on. What would lose alerts or change them stops
 * the start; the rest is a warning. Nothing that is switched on is passed over in silence.
 */
final class Unsupported {
  /** Replaced by what is built in: container ids come from the cgroup. */
  private static final String CONTAINER_PLUGIN = "container";

  private final ConfigTree tree;
  private final Consumer<String> warnings;

  Unsupported(ConfigTree tree, Consumer<String> warnings) {
    this.tree = tree;
    this.warnings = warnings;
  }

  void check() throws ConfigException {
    checkPlugins();
    if (!tree.truth("plugins_hostinfo", true)) {
      warn("plugins_hostinfo: false", "there are no plugins that it could matter to");
    }
  }

  private void checkPlugins() throws ConfigException {
    List<String> known = new ArrayList<>();
    for (Object plugin : tree.list("plugins")) {
      if (!(plugin instanceof Map<?, ?> map) || map.get("name") == null) {
        throw new ConfigException("plugins", "could not load plugins config: a plugin has no name");
      }
      known.add(map.get("name").toString());
    }
    for (String name : tree.has("load_plugins") ? tree.texts("load_plugins") : known) {
      if (!known.contains(name)) {
        throw new ConfigException(
            "load_plugins",
            "Cannot load plugin '" + name + "': plugin config not found for given name");
      }
      if (!name.equals(CONTAINER_PLUGIN)) {
        throw new ConfigException(
            "load_plugins", "Cannot load plugin '" + name + "': plugins are not supported yet");
      }
      warn(
          "plugin '" + name + "'",
          "container ids are built in, container names and images are <NA>");
    }
  }

  private void warn(String key, String consequence) {
    warnings.accept(key + " is not supported yet: " + consequence);
  }
}
