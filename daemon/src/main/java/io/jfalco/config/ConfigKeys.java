package io.jfalco.config;

import io.jfalco.output.OutputKey;
import io.jfalco.output.OutputKinds;
import io.jfalco.output.OutputProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All keys that the configuration may have, in the order in which they are described. */
final class ConfigKeys {
  private static final String TABLE = "keys.tsv";
  private static final String COMMENT = "#!";
  private static final String OUTPUTS = "@outputs";
  private static final int COLUMNS = 6;

  private static final Map<String, String> SECTIONS = new LinkedHashMap<>();
  private static final Map<String, ConfigKey> ALL = new LinkedHashMap<>();

  static {
    read();
  }

  private ConfigKeys() {}

  /** All keys by their names. */
  static Map<String, ConfigKey> all() {
    return Collections.unmodifiableMap(ALL);
  }

  /** Sections, with what is said at their beginning. */
  static Map<String, String> sections() {
    return Collections.unmodifiableMap(SECTIONS);
  }

  private static void read() {
    String section = "";
    for (String line : lines()) {
      if (line.startsWith(COMMENT)) {
        continue;
      }
      if (line.startsWith("# ")) {
        String[] parts = line.substring(2).split(" \\| ", 2);
        section = parts[0];
        SECTIONS.put(section, parts.length == 1 ? "" : parts[1]);
      } else if (line.equals(OUTPUTS)) {
        for (OutputProvider provider : OutputKinds.all()) {
          addOutput(section, provider);
        }
      } else {
        String[] cell = line.split("\t", -1);
        if (cell.length != COLUMNS) {
          throw new IllegalStateException(TABLE + ": " + line);
        }
        add(new ConfigKey(section, cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]));
      }
    }
  }

  private static void addOutput(String section, OutputProvider provider) {
    for (OutputKey key : provider.keys()) {
      String shipped = key.shipped().isEmpty() ? "\"\"" : key.shipped();
      add(
          new ConfigKey(
              section,
              section(provider) + "." + key.name(),
              type(key.type()),
              key.absent(),
              shipped,
              "yes",
              key.text()));
    }
  }

  private static String type(OutputKey.Type type) {
    return switch (type) {
      case BOOL -> "bool";
      case NUMBER -> "integer";
      case TEXT -> "text";
    };
  }

  /** Name of the map that holds the settings of a kind of outputs. */
  static String section(OutputProvider provider) {
    return provider.name() + "_output";
  }

  private static void add(ConfigKey key) {
    if (ALL.put(key.name(), key) != null) {
      throw new IllegalStateException("two keys " + key.name());
    }
  }

  private static List<String> lines() {
    try (InputStream in = ConfigKeys.class.getResourceAsStream(TABLE)) {
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
