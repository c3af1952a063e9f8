package io.jfalco.driver.proc;

import io.jfalco.state.StateBuilder;

/**
 * Another place than {@code /proc} that tells of all threads and descriptors. Used by the thread
 * that owns the state.
 */
public interface Snapshot {
  /** Knows nothing. */
  Snapshot NONE = new Snapshot() {};

  /** Adds all threads; false when it cannot, or not completely. */
  default boolean addThreads(StateBuilder into) {
    return false;
  }

  /** Adds the descriptors of all processes; false when it cannot, or not completely. */
  default boolean addFds(StateBuilder into) {
    return false;
  }

  /** Called once, after all of it was added and linked. */
  default void added(StateBuilder into) {}
}
