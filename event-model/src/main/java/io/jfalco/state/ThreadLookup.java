package io.jfalco.state;

/**
 * Finds threads that the state does not know, because their start was not seen. Called on the
 * event-loop thread, at a bounded rate.
 */
public interface ThreadLookup {
  /** Finds nothing: for captures, whose state is complete. */
  ThreadLookup NONE = (tid, into) -> false;

  /**
   * Looks for a thread and adds it, and its descriptors when it is a main thread, to the state.
   *
   * @param tid thread id in the initial pid namespace
   * @param into where to add it
   * @return true when it was found and added
   */
  boolean lookup(long tid, StateBuilder into);

  /**
   * Looks for one descriptor that a process was sent by another, and adds it.
   *
   * @param pid process that has the descriptor now
   * @param fd its number there
   * @param into where to add it
   */
  default void lookupFd(long pid, long fd, StateBuilder into) {}

  /** False when a thread is certainly gone, so that one whose end was missed can be forgotten. */
  default boolean isAlive(long pid, long tid) {
    return true;
  }
}
