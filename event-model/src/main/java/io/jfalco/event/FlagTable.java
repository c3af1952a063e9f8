package io.jfalco.event;

import java.util.List;

/**
 * Names of the values of a flags parameter, in the order in which they print. Values are Falco's
 * portable ones, not the kernel's.
 *
 * @param name name of the table in Falco's schema
 * @param entries names and values
 */
public record FlagTable(String name, List<Entry> entries) {
  /** One name. The value is an unsigned 32-bit number. */
  public record Entry(String name, long value) {}

  /** Copies the entries. */
  public FlagTable {
    entries = List.copyOf(entries);
  }

  /** Value of a name; throws when the table has no such name. */
  public long value(String entryName) {
    for (Entry entry : entries) {
      if (entry.name().equals(entryName)) {
        return entry.value();
      }
    }
    throw new IllegalArgumentException(name + " has no " + entryName);
  }
}
