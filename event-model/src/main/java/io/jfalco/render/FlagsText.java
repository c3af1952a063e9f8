package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.event.FlagTable;
import java.util.List;

/** Names of flag values, in the order of their table, a vertical bar between. */
final class FlagsText {
  private FlagsText() {}

  /** Names of all flags of a set; a flag that is part of one already named is not named again. */
  static void flags(FlagTable table, long set, Bytes out) {
    List<FlagTable.Entry> entries = table.entries();
    long rest = set;
    int start = out.length();
    for (int i = 0; i < entries.size(); i++) {
      FlagTable.Entry entry = entries.get(i);
      long value = entry.value();
      if (value == 0 ? set == 0 : rest != 0 && (rest & value) == value) {
        rest &= ~value;
        name(entry, start, out);
        if (value == set) {
          return;
        }
      }
    }
  }

  /** All names that an enumeration has for a value. */
  static void exact(FlagTable table, long value, Bytes out) {
    List<FlagTable.Entry> entries = table.entries();
    int start = out.length();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).value() == value) {
        name(entries.get(i), start, out);
      }
    }
  }

  /**
   * Names of a file mode. The first entry that is the whole mode ends the list, even when others
   * were named before it.
   */
  static void mode(FlagTable table, long mode, Bytes out) {
    List<FlagTable.Entry> entries = table.entries();
    long rest = mode;
    int start = out.length();
    for (int i = 0; i < entries.size(); i++) {
      FlagTable.Entry entry = entries.get(i);
      long value = entry.value();
      if (value == mode) {
        name(entry, start, out);
        return;
      }
      if (value != 0 && rest != 0 && (rest & value) == value) {
        rest &= ~value;
        name(entry, start, out);
      }
    }
  }

  private static void name(FlagTable.Entry entry, int start, Bytes out) {
    if (out.length() > start) {
      out.append('|');
    }
    out.appendAscii(entry.name());
  }
}
