package io.jfalco.rule;

import io.jfalco.state.EventContext;
import java.util.List;
import java.util.SortedMap;

/** A compiled output: fills in the fields of an event. Owned by the event-loop thread. */
public interface AlertTemplate {
  /** The output with its fields filled in; missing values are {@code <NA>}. */
  String message(EventContext context);

  /**
   * Values of the plain fields of the output, by name with argument: Long, BigInteger, Double,
   * Boolean, String, List, or null where the event has no value.
   */
  SortedMap<String, Object> fields(EventContext context);

  /** Names of the fields and transformers in the output, in order. */
  List<String> names();
}
