package io.jfalco.daemon;

import io.jfalco.event.EventTable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Versions that the daemon tells: its own, and those of Falco's parts that it takes the place of.
 */
public final class Versions {
  /** Version of the rules language that is understood. */
  public static final String ENGINE = "0.62.0";

  /** Version of Falco's libraries whose behaviour is kept. */
  public static final String LIBS = "0.25.4";

  /** Version of the plugin interface. */
  public static final String PLUGIN_API = "3.12.0";

  /** Version of the interface to drivers. */
  public static final String DRIVER_API = "10.1.0";

  /** Version of the event table. */
  public static final String DRIVER_SCHEMA = EventTable.SCHEMA_VERSION;

  /** Version of the driver that the event table comes from. */
  public static final String DEFAULT_DRIVER = "10.2.0+driver";

  private Versions() {}

  /** The daemon's own version. */
  public static String falco() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0-development" : version;
  }

  /** The middle part of the engine's version. */
  public static String engineMinor() {
    return ENGINE.split("\\.")[1];
  }

  /** All, by the names that Falco gives them in JSON. */
  public static SortedMap<String, String> all() {
    return new TreeMap<>(
        Map.of(
            "default_driver_version",
            DEFAULT_DRIVER,
            "driver_api_version",
            DRIVER_API,
            "driver_schema_version",
            DRIVER_SCHEMA,
            "engine_version",
            engineMinor(),
            "engine_version_semver",
            ENGINE,
            "falco_version",
            falco(),
            "libs_version",
            LIBS,
            "plugin_api_version",
            PLUGIN_API));
  }

  /** Name of the processor, as uname tells it. */
  public static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
