package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventCategory;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import java.util.Locale;
import java.util.Set;

/** Words of {@code evt.category}. */
final class EventCategories {
  private static final Bytes UNKNOWN = Bytes.of("unknown");
  private static final Bytes FILE = Bytes.of("file");
  private static final Bytes NET = Bytes.of("net");
  private static final Bytes IPC = Bytes.of("ipc");

  /** Word of each event type; null for those that depend on the descriptor. */
  private static final Bytes[] WORDS = new Bytes[EventType.COUNT];

  static {
    for (EventInfo info : EventTable.events()) {
      WORDS[info.type().ordinal()] = word(info);
    }
  }

  private EventCategories() {}

  private static Bytes word(EventInfo info) {
    Set<EventOrigin> origins = info.origins();
    boolean mark =
        origins.contains(EventOrigin.WAIT)
            || origins.contains(EventOrigin.SCHEDULER)
            || origins.contains(EventOrigin.INTERNAL);
    if (mark) {
      return info.category() == EventCategory.UNKNOWN ? Bytes.of(markWord(origins)) : UNKNOWN;
    }
    return switch (info.category()) {
      case IO_READ, IO_WRITE, IO_OTHER -> null;
      case IPC -> Bytes.of("IPC");
      default -> Bytes.of(info.category().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String markWord(Set<EventOrigin> origins) {
    if (origins.contains(EventOrigin.WAIT)) {
      return "wait";
    }
    return origins.contains(EventOrigin.SCHEDULER) ? "scheduler" : "internal";
  }

  static boolean extract(EventContext context, Value out) {
    Bytes word = WORDS[context.event().type().ordinal()];
    return Extractors.text(out, word == null ? ofDescriptor(context.fd()) : word);
  }

  private static Bytes ofDescriptor(FdInfo fd) {
    if (fd == null) {
      return UNKNOWN;
    }
    return switch (fd.type()) {
      case FILE, FILE_V2, DIRECTORY -> FILE;
      case IPV4, IPV6, IPV4_SERVER, IPV6_SERVER -> NET;
      case FIFO, UNIX, EVENT, SIGNALFD, INOTIFY, USERFAULTFD -> IPC;
      default -> UNKNOWN;
    };
  }
}
