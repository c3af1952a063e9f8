package io.jfalco.state;

import io.jfalco.event.EventView;

/**
 * An event together with the state that it refers to, as {@link StateUpdater#apply} left it. One
 * object is reused for all events of a loop; owned by the event-loop thread.
 */
public final class EventContext {
  private final HostState state;
  EventView event;
  ThreadInfo thread;
  FdInfo fd;
  int fdNumber = -1;
  boolean fdNameChanged;
  long firstTimestamp;
  long previousTimestamp;

  /** A context over a state. */
  public EventContext(HostState state) {
    this.state = state;
  }

  /** The state of the host. */
  public HostState state() {
    return state;
  }

  /** The current event. */
  public EventView event() {
    return event;
  }

  /** The thread that caused the event, or null when it is unknown. */
  public ThreadInfo thread() {
    return thread;
  }

  /** The descriptor that the event creates, uses or closed, or null. */
  public FdInfo fd() {
    return fd;
  }

  /** The number of that descriptor even if nothing is known of it, or -1. */
  public int fdNumber() {
    return fdNumber;
  }

  /** True when this event changed the name of the descriptor (tuple of a socket). */
  public boolean isFdNameChanged() {
    return fdNameChanged;
  }

  /** Time of the first event that was seen, nanoseconds since the epoch. */
  public long firstTimestamp() {
    return firstTimestamp;
  }

  /** Time of the event before this one, nanoseconds since the epoch; 0 for the first. */
  public long previousTimestamp() {
    return previousTimestamp;
  }
}
