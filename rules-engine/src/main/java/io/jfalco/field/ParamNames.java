package io.jfalco.field;

import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.ParamInfo;
import java.util.Arrays;

/** Finds parameters of events by name. */
final class ParamNames {
  private ParamNames() {}

  /**
   * The first parameter of the table with this name.
   *
   * @throws FieldException when no event has a parameter of this name
   */
  static ParamInfo find(String name) throws FieldException {
    ParamInfo longest = null;
    for (EventInfo info : EventTable.events()) {
      for (ParamInfo param : info.params()) {
        boolean longer = longest == null || param.name().length() > longest.name().length();
        if (longer && name.startsWith(param.name())) {
          longest = param;
        }
      }
    }
    if (longest == null) {
      throw new FieldException("unknown event argument " + name);
    }
    if (!longest.name().equals(name)) {
      throw FieldException.noField();
    }
    return longest;
  }

  /** Index of the parameter of this name for each event type; -1 where there is none. */
  static int[] indexes(String name) {
    int[] indexes = new int[EventType.COUNT];
    Arrays.fill(indexes, -1);
    for (EventInfo info : EventTable.events()) {
      info.param(name).ifPresent(param -> indexes[info.type().ordinal()] = param.index());
    }
    return indexes;
  }
}
