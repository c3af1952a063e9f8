package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;

/** The name that an event itself tells of a descriptor that is not in the state. */
final class NamesFromEvents {
  private static final Bytes NOT_AVAILABLE = Bytes.of("<NA>");
  private static final Bytes DOT = Bytes.of(".");

  private final Bytes text = new Bytes();
  private final Bytes directory = new Bytes();

  boolean fromEvent(EventContext context, Bytes out, boolean raw) {
    EventView event = context.event;
    out.clear();
    int type = event.type().ordinal();
    if ((type & 1) == 0 || !EventTraits.OF_FD[type] || context.thread == null) {
      return false;
    }
    switch (event.type()) {
      case SYSCALL_OPEN_X, SYSCALL_CREAT_X -> open(context, out);
      case SOCKET_ACCEPT_5_X, SOCKET_ACCEPT4_6_X, SOCKET_CONNECT_X ->
          SocketTexts.tuple(event, 1, text, out);
      case SYSCALL_OPENAT_2_X, SYSCALL_OPENAT2_X -> {
        return openat(context, out, raw);
      }
      case SYSCALL_OPEN_BY_HANDLE_AT_X -> {
        if (!event.text(3, out)) {
          out.copyFrom(NOT_AVAILABLE);
        }
      }
      default -> {
        // An empty name.
      }
    }
    return true;
  }

  private void open(EventContext context, Bytes out) {
    if (!context.event.text(1, text)) {
      out.copyFrom(NOT_AVAILABLE);
    } else if (context.thread == null
        || text.isEmpty()
        || text.at(0) == '/'
        || text.sameAs(NOT_AVAILABLE)) {
      Utf8.append(out, text.array(), text.offset(), text.offset() + text.length());
    } else {
      Paths.join(out, context.thread.cwd(), text);
    }
  }

  private boolean openat(EventContext context, Bytes out, boolean raw) {
    EventView event = context.event;
    if (!event.text(2, text)) {
      return false;
    }
    if (raw) {
      out.copyFrom(text);
      return true;
    }
    if (event.isMissing(1)) {
      return false;
    }
    Bytes from =
        text.length() > 0 && text.at(0) == '/' || context.thread == null
            ? DOT
            : OpenEvents.directory(context.thread, event.s64(1, -1), directory);
    Paths.join(out, from, text);
    return true;
  }
}
