package io.jfalco.cli;

import io.jfalco.daemon.Versions;

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
}
