package io.jfalco.render;

import io.jfalco.event.Bytes;

/** Names of capabilities. */
public final class Capabilities {
  private static final NameTable TABLE = NameTable.read("capabilities.tsv");

  private Capabilities() {}

  /** All capabilities that have a name. */
  public static long all() {
    return (1L << TABLE.size()) - 1;
  }

  /** Appends the names of a set, in the order of their bits, a blank between. Allocates nothing. */
  public static void append(long set, Bytes out) {
    boolean first = true;
    for (int bit = 0; bit < TABLE.size(); bit++) {
      if ((set & 1L << bit) != 0) {
        if (!first) {
          out.append(' ');
        }
        TABLE.append(bit, out);
        first = false;
      }
    }
  }
}
