package io.jfalco.daemon;

import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;

/** What events come to behind the state. Called by the event-loop thread only. */
interface EventStage extends AutoCloseable {
  /** The first event, before it is applied to the state. */
  default void first(EventView event) {}

  /**
   * An event that was applied to the state; also one that only the state is to see.
   *
   * @return false when no more events are wanted
   */
  boolean onEvent(EventContext context);

  /** About once a second, whether or not there are events. */
  default void tick() {}

  /** No more events come. */
  @Override
  default void close() {}

  /** One stage behind the other, as long as each wants more. */
  static EventStage inTurn(EventStage one, EventStage other) {
    return new EventStage() {
      @Override
      public void first(EventView event) {
        one.first(event);
        other.first(event);
      }

      @Override
      public boolean onEvent(EventContext context) {
        boolean more = one.onEvent(context);
        return other.onEvent(context) && more;
      }

      @Override
      public void tick() {
        one.tick();
        other.tick();
      }

      @Override
      public void close() {
        one.close();
        other.close();
      }
    };
  }
}
