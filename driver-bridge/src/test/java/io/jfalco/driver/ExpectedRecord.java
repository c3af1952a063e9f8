package io.jfalco.driver;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code trigger}: a record that the kernel side must have delivered.
 *
 * @param type its type
 * @param tid its thread
 * @param values expected values by parameter, in the notation of native/test/README.md
 */
record ExpectedRecord(EventType type, long tid, List<String> values) {

  /** Parses a line, and insists that it names every parameter of the event in table order. */
  static ExpectedRecord parse(String line) {
    String[] words = line.split(" ", -1);
    EventType type = EventType.valueOf(words[0]);
    EventInfo info = EventTable.info(type);
    int given = words.length - 2;
    if (given != info.params().size() && given != info.falcoParams().size()) {
      throw new IllegalArgumentException(
          type + " has " + info.falcoParams().size() + " parameters, not " + given);
    }
    long tid = Long.parseLong(value(words[1], "tid"));
    List<String> values = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      values.add(value(words[i + 2], info.params().get(i).name()));
    }
    return new ExpectedRecord(type, tid, List.copyOf(values));
  }

  private static String value(String word, String name) {
    if (!word.startsWith(name + "=")) {
      throw new IllegalArgumentException("expected the parameter " + name + ", found " + word);
    }
    return word.substring(name.length() + 1);
  }

  /** True for the record of a call that failed: its first parameter is a negative number. */
  boolean isFailure() {
    return !values.isEmpty() && values.get(0).startsWith("-") && values.get(0).length() > 1;
  }
}
