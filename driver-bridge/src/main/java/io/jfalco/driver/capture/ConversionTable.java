package io.jfalco.driver.capture;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of the events of older drivers: one row for each event type and number of
 * parameters, read from the resource {@code conversions.tsv} beside this class.
 */
final class ConversionTable {
  private static final Conversion[][] ROWS = read();

  private ConversionTable() {}

  /** The row for an event, or null when nothing is to be done. Allocates nothing. */
  static Conversion row(EventType type, int params) {
    Conversion[] rows = ROWS[type.ordinal()];
    return rows == null || params >= rows.length ? null : rows[params];
  }

  private static Conversion[][] read() {
    Conversion[][] table = new Conversion[EventType.values().length][];
    try (InputStream in = ConversionTable.class.getResourceAsStream("conversions.tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          add(table, line.split("\t", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static void add(Conversion[][] table, String[] row) {
    EventType type = EventType.valueOf(row[0]);
    int params = Integer.parseInt(row[1]);
    String[] action = row[2].split(" ");
    EventType result = action.length > 1 ? EventType.valueOf(action[1]) : type;
    int[] sources = row.length > 3 ? sources(row[3]) : new int[0];
    if (table[type.ordinal()] == null) {
      table[type.ordinal()] = new Conversion[EventTable.MAX_PARAMS + 1];
    }
    table[type.ordinal()][params] =
        new Conversion(
            Conversion.Action.valueOf(action[0].toUpperCase(Locale.ROOT)), result, sources);
  }

  private static int[] sources(String text) {
    List<Integer> sources = new ArrayList<>();
    for (String word : text.split(" ")) {
      int range = word.indexOf("..");
      if (range >= 0) {
        int last = Integer.parseInt(word.substring(range + 2));
        for (int i = Integer.parseInt(word.substring(0, range)); i <= last; i++) {
          sources.add(i);
        }
      } else {
        sources.add(source(word));
      }
    }
    return sources.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int source(String word) {
    switch (word) {
      case "-":
        return Conversion.EMPTY;
      case "=":
        return Conversion.DEFAULT;
      case "json":
        return Conversion.CONTAINER_JSON;
      default:
        if (!word.startsWith(">")) {
          return Integer.parseInt(word);
        }
        return word.endsWith("?")
            ? Conversion.FROM_ENTER
                | Conversion.OR_EMPTY
                | Integer.parseInt(word.substring(1, word.length() - 1))
            : Conversion.FROM_ENTER | Integer.parseInt(word.substring(1));
    }
  }
}
