package io.jfalco.state;

/**
 * Finds users and groups that are not known yet: of containers, and such as the host got since the
 * start. Called on the event-loop thread; must not wait for long.
 */
public interface AccountLookup {
  /** Finds nothing: for captures, which carry all that was known. */
  AccountLookup NONE = (thread, into) -> {};

  /**
   * A process has executed a program or changed its user or group: looks for those that it has now
   * and adds what is found at once or was found since the last call.
   */
  void look(ThreadInfo thread, UserTable into);

  /**
   * Adds what was found since the last call. Cheap when there is nothing: called for each event.
   */
  default void take(UserTable into) {}
}
