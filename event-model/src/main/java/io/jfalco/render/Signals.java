package io.jfalco.render;

import io.jfalco.event.Bytes;

/** Names of signals. */
public final class Signals {
  private static final NameTable TABLE = NameTable.read("signals.tsv");

  private Signals() {}

  /**
   * Appends the name of a signal, as {@code SIGKILL} for 9. Allocates nothing.
   *
   * @return false when the number has no name; nothing is appended then
   */
  public static boolean append(long signal, Bytes out) {
    return TABLE.append(signal, out);
  }
}
