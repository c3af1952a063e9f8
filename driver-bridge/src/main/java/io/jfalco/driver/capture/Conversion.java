package io.jfalco.driver.capture;

import io.jfalco.event.EventType;
import java.util.Arrays;

/** One row of the {@link ConversionTable}. */
final class Conversion {
  /** Says that a parameter stays without a value. */
  static final int EMPTY = -1;

  /** Says that a parameter gets the value that its type has by default. */
  static final int DEFAULT = -2;

  /** Says that a parameter is the description of a container, made of all of the old event's. */
  static final int CONTAINER_JSON = -3;

  /** Added to the number of a parameter that comes from the enter event. */
  static final int FROM_ENTER = 0x100;

  /** Added as well when the parameter stays empty without an enter event. */
  static final int OR_EMPTY = 0x200;

  /** What is done with an event. */
  enum Action {
    /** It is kept for the exit event of the same thread, and not delivered. */
    KEEP,
    /** It is delivered. */
    PASS,
    /** It is kept and delivered. */
    KEEP_PASS,
    /** Parameters are appended. */
    APPEND,
    /** It becomes an event of another type, of the parameters of the row. */
    BECOME
  }

  private final Action action;
  private final EventType result;
  private final int[] sources;
  private final boolean usesEnter;

  Conversion(Action action, EventType result, int[] sources) {
    this.action = action;
    this.result = result;
    this.sources = sources.clone();
    this.usesEnter = Arrays.stream(sources).anyMatch(source -> source >= FROM_ENTER);
  }

  /** What is done. */
  Action action() {
    return action;
  }

  /** Type of the result. */
  EventType result() {
    return result;
  }

  /** True when a parameter comes from the enter event. */
  boolean usesEnter() {
    return usesEnter;
  }

  /** Number of parameters that are made. */
  int size() {
    return sources.length;
  }

  /**
   * Where a parameter that is made comes from: the number of one of the event's own, {@link
   * #FROM_ENTER} and a number, {@link #EMPTY}, {@link #DEFAULT} or {@link #CONTAINER_JSON}.
   */
  int source(int index) {
    return sources[index];
  }
}
