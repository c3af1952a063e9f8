package io.jfalco.field;

import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.UINT32;
import static io.jfalco.event.ParamType.UINT64;

import io.jfalco.event.EventCategory;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.PrintFormat;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import io.jfalco.state.FdType;

/** Counters and sizes, for tables that sum them up. */
final class EventCountFields {
  private EventCountFields() {}

  static void add(FieldRows rows) {
    rows.number("evt.count", UINT32, "always 1.", (context, out) -> Extractors.number(out, 1))
        .number(
            "evt.count.error",
            UINT32,
            "1 for system calls that failed, 0 for others.",
            EventCountFields::error)
        .number(
            "evt.count.error.file",
            UINT32,
            "as evt.count.error, for events about files only.",
            (context, out) -> isFile(context) && error(context, out))
        .number(
            "evt.count.error.net",
            UINT32,
            "as evt.count.error, for events about sockets only.",
            (context, out) -> isNet(context) && error(context, out))
        .number(
            "evt.count.error.memory",
            UINT32,
            "as evt.count.error, for events about memory only.",
            (context, out) -> isMemory(context) && error(context, out))
        .number(
            "evt.count.error.other",
            UINT32,
            "as evt.count.error, for events about neither files nor sockets nor memory.",
            (context, out) -> isOther(context) && error(context, out))
        .number(
            "evt.count.exit",
            UINT32,
            "1 for ends of system calls.",
            (context, out) -> !context.event().type().info().enter() && Extractors.number(out, 1))
        .number(
            "evt.count.procinfo",
            UINT32,
            "1 for process information events of main threads.",
            (context, out) ->
                Extractors.bool(
                    out,
                    isProcInfo(context) && context.thread() != null && context.thread().isMain()),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.count.threadinfo",
            UINT32,
            "1 for process information events.",
            (context, out) -> Extractors.bool(out, isProcInfo(context)),
            FieldFlag.TABLE_ONLY);
    EventArgFields.addAround(rows);
    rows.bound(
        "evt.abspath",
        CHARBUF,
        PrintFormat.NA,
        "absolute path of calls that take a directory descriptor and a name; evt.abspath.src and"
            + " evt.abspath.dst for those that take two.",
        AbsolutePath::bind,
        FieldFlag.ARG_REQUIRED,
        FieldFlag.ARG_DOTTED);
    buffers(rows);
  }

  private static void buffers(FieldRows rows) {
    String some = "size of the data, for tables.";
    rows.number(
            "evt.buflen.in",
            UINT64,
            some,
            (context, out) -> is(context, EventCategory.IO_READ) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.out",
            UINT64,
            some,
            (context, out) -> is(context, EventCategory.IO_WRITE) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.file",
            UINT64,
            some,
            (context, out) -> isIo(context) && onFile(context) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.file.in",
            UINT64,
            some,
            (context, out) ->
                is(context, EventCategory.IO_READ) && onFile(context) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.file.out",
            UINT64,
            some,
            (context, out) ->
                is(context, EventCategory.IO_WRITE) && onFile(context) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.net",
            UINT64,
            some,
            (context, out) -> isIo(context) && onNet(context) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.net.in",
            UINT64,
            some,
            (context, out) ->
                is(context, EventCategory.IO_READ) && onNet(context) && size(context, out),
            FieldFlag.TABLE_ONLY)
        .number(
            "evt.buflen.net.out",
            UINT64,
            some,
            (context, out) ->
                is(context, EventCategory.IO_WRITE) && onNet(context) && size(context, out),
            FieldFlag.TABLE_ONLY);
  }

  private static boolean error(EventContext context, Value out) {
    return Extractors.hasResult(context) && Extractors.bool(out, Extractors.result(context) < 0);
  }

  /** Length of the data that the event read or wrote, if it did. */
  static boolean size(EventContext context, Value out) {
    if (context.fd() == null || context.event().type().info().enter()) {
      return false;
    }
    long result = Extractors.hasResult(context) ? Extractors.result(context) : -1;
    return result >= 0 && Extractors.number(out, result);
  }

  private static EventCategory category(EventContext context) {
    return EventTable.info(context.event().type()).category();
  }

  private static boolean is(EventContext context, EventCategory category) {
    return category(context) == category;
  }

  static boolean isIo(EventContext context) {
    EventCategory category = category(context);
    return category == EventCategory.IO_READ
        || category == EventCategory.IO_WRITE
        || category == EventCategory.IO_OTHER;
  }

  private static boolean onFile(EventContext context) {
    FdInfo fd = context.fd();
    return fd != null && (fd.type() == FdType.FILE || fd.type() == FdType.FILE_V2);
  }

  private static boolean onNet(EventContext context) {
    return context.fd() != null && context.fd().type().isInet();
  }

  private static boolean isMemory(EventContext context) {
    return is(context, EventCategory.MEMORY);
  }

  private static boolean isProcInfo(EventContext context) {
    return context.event().type() == EventType.PROCINFO_E;
  }

  private static boolean isFile(EventContext context) {
    FdInfo fd = context.fd();
    return fd == null
        ? isOpen(context.event().type())
        : onFile(context) || fd.type() == FdType.DIRECTORY;
  }

  private static boolean isNet(EventContext context) {
    FdInfo fd = context.fd();
    return fd == null
        ? isConnection(context.event().type())
        : fd.type().isInet() || fd.type() == FdType.UNIX;
  }

  private static boolean isOther(EventContext context) {
    boolean sorted = isFile(context) || isNet(context);
    return !sorted && (context.fd() != null || !isMemory(context));
  }

  private static boolean isOpen(EventType type) {
    return switch (type) {
      case SYSCALL_OPEN_X,
          SYSCALL_CREAT_X,
          SYSCALL_OPENAT_2_X,
          SYSCALL_OPENAT2_X,
          SYSCALL_OPEN_BY_HANDLE_AT_X ->
          true;
      default -> false;
    };
  }

  private static boolean isConnection(EventType type) {
    return switch (type) {
      case SOCKET_ACCEPT_5_X, SOCKET_ACCEPT4_6_X, SOCKET_CONNECT_X -> true;
      default -> false;
    };
  }
}
