package io.jfalco.driver;

import java.util.Set;

/** The system calls that the table-driven collector serves. */
final class CollectTable {
  private CollectTable() {}

  static Set<String> syscalls() {
    return Set.of();
  }
}
