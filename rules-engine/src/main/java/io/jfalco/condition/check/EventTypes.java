package io.jfalco.condition.check;

import io.jfalco.condition.ast.Expr;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events for which a condition can hold.
 *
 * @param types event types
 * @param syscalls codes of the system calls
 */
public record EventTypes(Set<EventType> types, BitSet syscalls) {
  /**
   * The events of a condition in which no macro is left.
   *
   * @throws EventSearchException when a check on evt.type has a transformer, or a field on its
   *     right side
   */
  public static EventTypes of(Expr resolved) throws EventSearchException {
    BitSet numbers = new EventSearch(EventDomain.TYPES).find(resolved, false);
    EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
    for (EventInfo info : EventTable.events()) {
      if (numbers.get(info.type().ordinal())) {
        types.add(info.type());
      }
    }
    return new EventTypes(types, new EventSearch(EventDomain.SYSCALLS).find(resolved, false));
  }

  /** The same with the type of asynchronous events, on which every rule is tested. */
  public EventTypes withAsync() {
    EnumSet<EventType> all = EnumSet.of(EventType.ASYNCEVENT_E);
    all.addAll(types);
    return new EventTypes(all, syscalls);
  }

  /** Names of the events: of system calls without own event type, their own names. */
  public NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>();
    for (EventType type : types) {
      if (type != EventType.GENERIC_E && type != EventType.GENERIC_X) {
        names.add(EventTable.info(type).name());
      }
    }
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscalls.get(syscall.code())) {
        names.addAll(syscall.isGeneric() ? Set.of(syscall.name()) : EventDomain.names(syscall));
      }
    }
    return names;
  }
}
