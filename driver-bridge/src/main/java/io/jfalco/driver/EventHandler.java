package io.jfalco.driver;

import io.jfalco.event.EventView;

/** Receives the events of a source, on the thread that polls. */
@FunctionalInterface
public interface EventHandler {
  /**
   * One event.
   *
   * @param event valid until this method returns; copy what must live longer
   */
  void onEvent(EventView event);
}
