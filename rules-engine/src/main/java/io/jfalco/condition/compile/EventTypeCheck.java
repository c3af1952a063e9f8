package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import io.jfalco.field.EventNames;
import io.jfalco.state.EventContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code evt.type in (...)}: a table look-up by event number instead of a comparison of text. */
final class EventTypeCheck implements Condition {
  private final boolean negated;
  private final boolean[] types = new boolean[EventType.COUNT];
  private final boolean[] syscalls = new boolean[512];
  private final ByteSet names;
  private final Bytes scratch = new Bytes();

  EventTypeCheck(Set<String> names, boolean negated) {
    this.negated = negated;
    for (EventInfo info : EventTable.events()) {
      types[info.type().ordinal()] = names.contains(info.name());
    }
    for (Syscall syscall : EventTable.syscalls()) {
      syscalls[syscall.code()] = names.contains(syscall.name());
    }
    syscalls[0] = names.contains(EventNames.UNKNOWN_SYSCALL);
    List<byte[]> bytes = new ArrayList<>();
    names.forEach(name -> bytes.add(name.getBytes(StandardCharsets.UTF_8)));
    this.names = new ByteSet(bytes);
  }

  @Override
  public boolean test(EventContext context) {
    EventType type = context.event().type();
    if (type == EventType.GENERIC_X) {
      return syscalls[EventNames.genericCode(context.event())] != negated;
    }
    if (type == EventType.ASYNCEVENT_E) {
      return EventNames.asyncName(context.event(), scratch.clear())
          && names.matches(scratch) != negated;
    }
    return types[type.ordinal()] != negated;
  }

  /** True when all events of the type give the same result. */
  boolean isDecidedBy(EventType type) {
    return type != EventType.GENERIC_X && type != EventType.ASYNCEVENT_E;
  }

  /** The result for all events of a type that decides it. */
  boolean decide(EventType type) {
    return types[type.ordinal()] != negated;
  }
}
