package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Names of events: those of the table, for generic events the system call's, for asynchronous ones
 * what the event says.
 */
public final class EventNames {
  /** Name of a system call that nobody knows. */
  public static final String UNKNOWN_SYSCALL = "unknown";

  private static final byte[][] TYPES = new byte[EventType.COUNT][];
  private static final byte[][] SYSCALLS = new byte[512][];
  private static final Set<String> ALL = new HashSet<>();

  static {
    for (EventInfo info : EventTable.events()) {
      TYPES[info.type().ordinal()] = info.name().getBytes(StandardCharsets.US_ASCII);
      ALL.add(info.name());
    }
    byte[] unknown = UNKNOWN_SYSCALL.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < SYSCALLS.length; i++) {
      Syscall syscall = EventTable.syscall(i);
      SYSCALLS[i] = syscall == null ? unknown : syscall.name().getBytes(StandardCharsets.US_ASCII);
      ALL.add(syscall == null ? UNKNOWN_SYSCALL : syscall.name());
    }
    // Some system calls of Falco's have no name.
    ALL.add("");
  }

  private EventNames() {}

  /** True when an event or a system call has this name. */
  static boolean exists(String name) {
    return ALL.contains(name);
  }

  /** Code of the system call of a generic event; 0 when it is not known. Allocates nothing. */
  public static int genericCode(EventView event) {
    int code = event.u16(0, 0);
    if (code == 0 || code >= SYSCALLS.length) {
      Syscall syscall = event.isMissing(1) ? null : EventTable.syscallX8664(event.u16(1, -1));
      return syscall == null ? 0 : syscall.code();
    }
    return code;
  }

  /** Copies the name that an asynchronous event gives itself; false when it gives none. */
  public static boolean asyncName(EventView event, Bytes out) {
    return event.text(1, out);
  }

  /** The name of an event, as {@code evt.type} shows it. */
  static boolean name(EventView event, Bytes out) {
    if (event.type() == EventType.ASYNCEVENT_E) {
      return asyncName(event, out);
    }
    return syscallName(event, out);
  }

  /** The name of the event or of its system call. */
  static boolean syscallName(EventView event, Bytes out) {
    byte[] name =
        event.type() == EventType.GENERIC_X
            ? SYSCALLS[genericCode(event)]
            : TYPES[event.type().ordinal()];
    out.view(name, 0, name.length);
    return true;
  }
}
