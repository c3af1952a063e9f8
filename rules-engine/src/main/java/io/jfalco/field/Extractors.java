package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.EventContext;

/** Small steps that extractors share. */
final class Extractors {
  /** A field that never has a value. */
  static final Extractor NONE = (context, out) -> false;

  private static final Bytes MISSING = Bytes.of("<NA>");

  /** How old drivers wrote a text that is missing. */
  private static final Bytes NULL = Bytes.of("(NULL)");

  private static final boolean[] RETURNS = new boolean[EventType.COUNT];

  static {
    EventTable.events()
        .forEach(
            info ->
                RETURNS[info.type().ordinal()] =
                    info.type() != EventType.GENERIC_X
                        && info.origins().contains(EventOrigin.SYSCALL)
                        && !info.enter()
                        && !info.params().isEmpty());
  }

  private Extractors() {}

  static boolean number(Value out, long value) {
    out.addNumber(value);
    return true;
  }

  static boolean bool(Value out, boolean value) {
    out.addNumber(value ? 1 : 0);
    return true;
  }

  static boolean text(Value out, Bytes value) {
    out.addText().view(value);
    return true;
  }

  /** Copies a text parameter; one that is missing is {@code <NA>}, as in Falco. */
  static void textOrMark(EventView event, int param, Bytes out) {
    if (!event.text(param, out) || out.sameAs(NULL)) {
      out.copyFrom(MISSING);
    }
  }

  /** True for events whose first parameter is the result of the system call. */
  static boolean hasResult(EventContext context) {
    return RETURNS[context.event().type().ordinal()];
  }

  /** The result of the system call; 0 when the event does not carry it. */
  static long result(EventContext context) {
    EventView event = context.event();
    return event.paramLength(0) == 4 ? event.s32(0, 0) : event.s64(0, 0);
  }
}
