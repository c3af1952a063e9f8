package io.jfalco.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plugins of which rules need one. */
public record PluginRequirement(List<Alternative> alternatives) {
  /** A plugin and its lowest version, as written. */
  public record Alternative(String name, String version) {}

  /** Copies the alternatives. */
  public PluginRequirement {
    alternatives = List.copyOf(alternatives);
  }

  /** Why none of the loaded plugins does, if so. */
  Optional<String> problem(List<Plugin> plugins) {
    for (Alternative alternative : alternatives) {
      for (Plugin plugin : plugins) {
        if (plugin.name().equals(alternative.name())) {
          return problem(alternative, plugin.version());
        }
      }
    }
    return Optional.of(
        alternatives.stream()
            .map(a -> a.name() + " (>= " + a.version() + ")")
            .collect(
                Collectors.joining(
                    ", ", "Plugin requirement not satisfied, must load one of: ", "")));
  }

  private static Optional<String> problem(Alternative alternative, String loaded) {
    String plugin = "Plugin '" + alternative.name() + "' ";
    Optional<Version> version = Version.parse(loaded);
    if (version.isEmpty()) {
      return Optional.of(plugin + "has invalid version string '" + loaded + "'");
    }
    boolean fits =
        Version.parse(alternative.version())
            .map(required -> version.get().satisfies(required))
            .orElse(false);
    return fits
        ? Optional.empty()
        : Optional.of(
            plugin
                + "version '"
                + loaded
                + "' is not compatible with required plugin version '"
                + alternative.version()
                + "'");
  }
}
