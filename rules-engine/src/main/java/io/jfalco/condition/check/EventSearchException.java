package io.jfalco.condition.check;

/** A check on evt.type that the search for event types does not understand. */
public final class EventSearchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A check that is not understood. */
  public EventSearchException(String message) {
    super(message);
  }
}
