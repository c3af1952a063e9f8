package io.jfalco.cli;

import io.jfalco.daemon.Versions;
import java.util.Map;
import java.util.TreeMap;

/** {@code --version}. */
final class VersionCommand {
  private VersionCommand() {}

  static String text() {
    return """
        Falco version: %s
        Libs version:  %s
        Plugin API:    %s
        Engine:        %s
        Driver:
          API version:    %s
          Schema version: %s
          Default driver: %s
        """
        .formatted(
            Versions.falco(),
            Versions.LIBS,
            Versions.PLUGIN_API,
            Versions.ENGINE,
            Versions.DRIVER_API,
            Versions.DRIVER_SCHEMA,
            Versions.DEFAULT_DRIVER);
  }

  static Map<String, Object> json() {
    return new TreeMap<>(
        Map.of(
            "default_driver_version",
            Versions.DEFAULT_DRIVER,
            "driver_api_version",
            Versions.DRIVER_API,
            "driver_schema_version",
            Versions.DRIVER_SCHEMA,
            "engine_version",
            Versions.engineMinor(),
            "engine_version_semver",
            Versions.ENGINE,
            "falco_version",
            Versions.falco(),
            "libs_version",
            Versions.LIBS,
            "plugin_api_version",
            Versions.PLUGIN_API));
  }
}
