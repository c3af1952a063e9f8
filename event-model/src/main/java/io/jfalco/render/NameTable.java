package io.jfalco.render;

import io.jfalco.event.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of small numbers, read once from a resource: one row each, number and name. */
final class NameTable {
  private final byte[][] names;

  private NameTable(byte[][] names) {
    this.names = names;
  }

  static NameTable read(String resource) {
    List<String[]> rows = new ArrayList<>();
    int highest = 0;
    try (InputStream in = NameTable.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          String[] row = line.split("\t", -1);
          rows.add(row);
          highest = Math.max(highest, Integer.parseInt(row[0]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[][] names = new byte[highest + 1][];
    for (String[] row : rows) {
      names[Integer.parseInt(row[0])] = row[1].getBytes(StandardCharsets.US_ASCII);
    }
    return new NameTable(names);
  }

  /** One more than the highest number. */
  int size() {
    return names.length;
  }

  /** Appends the name of a number; does nothing and returns false when it has none. */
  boolean append(long number, Bytes out) {
    if (number < 0 || number >= names.length || names[(int) number] == null) {
      return false;
    }
    byte[] name = names[(int) number];
    out.append(name, 0, name.length);
    return true;
  }
}
