package io.jfalco.state;

/**
 * Memory that the tables of a state may take, as estimated from what they hold: a host with many
 * processes, or one that somebody fills with long names, must not end the daemon.
 */
final class StateBudget {
  private final long limit;
  private long used;

  /** A budget of so many bytes. */
  StateBudget(long limit) {
    this.limit = limit;
  }

  /** Half of what the heap may grow to. */
  static StateBudget ofHeap() {
    return new StateBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** More bytes are in use, or fewer. */
  void add(long bytes) {
    used += bytes;
  }

  /** True when nothing that is new shall be kept. */
  boolean isFull() {
    return used >= limit;
  }

  /** Bytes in use. */
  long used() {
    return used;
  }
}
