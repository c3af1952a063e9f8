package io.jfalco.render;

import io.jfalco.event.Bytes;

/** Names of error numbers. */
public final class Errnos {
  private static final NameTable TABLE = NameTable.read("errnos.tsv");

  private Errnos() {}

  /**
   * Appends the name of an error number, as {@code ENOENT} for 2. Allocates nothing.
   *
   * @param errno positive number
   * @return false when the number has no name; nothing is appended then
   */
  public static boolean append(long errno, Bytes out) {
    return TABLE.append(errno, out);
  }
}
