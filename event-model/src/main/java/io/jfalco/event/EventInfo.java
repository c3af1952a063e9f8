package io.jfalco.event;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the event table.
 *
 * @param type the event type; its ordinal is the event number
 * @param name name, shared by all versions and both directions
 * @param enter true for enter and single-sided events (printed {@code >}), false for exit events
 * @param category what the event is about
 * @param origins where it comes from
 * @param flags properties
 * @param params parameters in wire order
 */
public record EventInfo(
    EventType type,
    String name,
    boolean enter,
    EventCategory category,
    Set<EventOrigin> origins,
    Set<EventFlag> flags,
    List<ParamInfo> params) {

  /** Copies the collections. */
  public EventInfo {
    origins = Set.copyOf(origins);
    flags = Set.copyOf(flags);
    params = List.copyOf(params);
  }

  /** True when the event has the property. */
  public boolean is(EventFlag flag) {
    return flags.contains(flag);
  }

  /** True for types that current drivers and sources still produce. */
  public boolean isLive() {
    return !flags.contains(EventFlag.OLD_VERSION) && !flags.contains(EventFlag.UNUSED);
  }

  /** The parameters that Falco has too: the first ones. */
  public List<ParamInfo> falcoParams() {
    int count = params.size();
    while (count > 0 && params.get(count - 1).own()) {
      count--;
    }
    return params.subList(0, count);
  }

  /** The first parameter of this name, if there is one. */
  public Optional<ParamInfo> param(String paramName) {
    for (ParamInfo param : params) {
      if (param.name().equals(paramName)) {
        return Optional.of(param);
      }
    }
    return Optional.empty();
  }
}
