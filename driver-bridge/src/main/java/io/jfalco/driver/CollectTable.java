package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The events that the table-driven program {@code collect} makes: the rows of collect.tsv. */
final class CollectTable {
  private CollectTable() {}

  static Set<EventType> events() {
    Set<EventType> events = EnumSet.noneOf(EventType.class);
    for (String line : text().split("\n", -1)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        events.add(EventType.valueOf(line.substring(0, line.indexOf('\t'))));
      }
    }
    return Collections.unmodifiableSet(events);
  }

  private static String text() {
    try (InputStream in = EventTable.class.getResourceAsStream("collect.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
