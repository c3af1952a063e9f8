package io.jfalco.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of earlier versions of Falco: one row of {@code old-keys.tsv} each. */
final class OldKeys {
  private static final String TABLE = "old-keys.tsv";
  private static final int COLUMNS = 5;
  private static final Map<String, OldKey> ALL = read();

  private OldKeys() {}

  /**
   * A key that is no more.
   *
   * @param name the key, or the map that held it and others
   * @param last the last version that knew it
   * @param replacements keys that its value is taken for, unless they are given; none: it has no
   *     effect
   * @param inSchema Falco's schema still has it
   * @param text why it is gone, or what to do
   */
  record OldKey(
      String name, String last, List<String> replacements, boolean inSchema, String text) {
    /** What is said of it, given which of the replacements its value is taken for. */
    String message(List<String> taken) {
      String gone = "'" + name + "' is a key of Falco up to " + last + ": ";
      if (replacements.isEmpty()) {
        return gone + "it has no effect; " + text;
      }
      if (taken.isEmpty()) {
        return gone + "it has no effect beside " + names(replacements);
      }
      return gone + "its value is taken for " + names(taken) + ", which should be used; " + text;
    }
  }

  private static String names(List<String> keys) {
    return "'" + String.join("' and '", keys) + "'";
  }

  /** All, by their names. */
  static Map<String, OldKey> all() {
    return ALL;
  }

  /** True when the schema does not complain about this key. */
  static boolean isInSchema(String key) {
    OldKey old = ALL.get(key);
    return old != null && old.inSchema();
  }

  private static Map<String, OldKey> read() {
    Map<String, OldKey> all = new LinkedHashMap<>();
    for (String line : lines()) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] cell = line.split("\t", -1);
      if (cell.length != COLUMNS) {
        throw new IllegalStateException(TABLE + ": " + line);
      }
      List<String> replacements = cell[2].isEmpty() ? List.of() : List.of(cell[2].split(", "));
      all.put(cell[0], new OldKey(cell[0], cell[1], replacements, cell[3].equals("yes"), cell[4]));
    }
    return Collections.unmodifiableMap(all);
  }

  private static List<String> lines() {
    try (InputStream in = OldKeys.class.getResourceAsStream(TABLE)) {
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
