package io.jfalco.field;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.FlagTable;
import io.jfalco.event.ParamType;
import io.jfalco.state.EventContext;

/** How a file was opened. */
final class OpenFields {
  private static final FlagTable FLAGS = EventTable.flagTable("file_flags");
  private static final long READ = FLAGS.value("O_RDONLY");
  private static final long WRITE = FLAGS.value("O_WRONLY");
  private static final long CREATE = FLAGS.value("O_CREAT");
  private static final long TEMPORARY = FLAGS.value("O_TMPFILE");
  private static final long CREATED = FLAGS.value("O_F_CREATED");
  private static final int EXECUTE_BITS = 0111;

  private OpenFields() {}

  static void add(FieldRows rows) {
    rows.bool(
            "evt.is_open_read",
            "true for open, openat, openat2 and open_by_handle_at with reading allowed.",
            (context, out) -> Extractors.bool(out, (flags(context.event()) & READ) != 0))
        .bool(
            "evt.is_open_write",
            "true for open, openat, openat2 and open_by_handle_at with writing allowed.",
            (context, out) -> Extractors.bool(out, (flags(context.event()) & WRITE) != 0));
    InfraFields.add(rows);
    rows.bool(
            "evt.is_open_exec",
            "true for open, openat, openat2 and creat that may create a file somebody can execute.",
            OpenFields::isExec)
        .bool(
            "evt.is_open_create",
            "true for open, openat, openat2 and open_by_handle_at that created a file.",
            OpenFields::isCreate);
  }

  /** Flags of an event of the open family; 0 for others. */
  private static long flags(EventView event) {
    return switch (event.type()) {
      case SYSCALL_OPEN_X, SYSCALL_OPEN_BY_HANDLE_AT_X -> event.number(2, ParamType.FLAGS32, 0);
      case SYSCALL_OPENAT_2_X, SYSCALL_OPENAT2_X -> event.number(3, ParamType.FLAGS32, 0);
      default -> 0;
    };
  }

  private static boolean isCreate(EventContext context, Value out) {
    long flags = flags(context.event());
    boolean temporary = (flags & TEMPORARY) != 0 && Extractors.result(context) >= 0;
    return Extractors.bool(out, (flags & CREATED) != 0 || temporary);
  }

  private static boolean isExec(EventContext context, Value out) {
    EventView event = context.event();
    boolean creates =
        event.type() == EventType.SYSCALL_CREAT_X
            || (flags(event) & (TEMPORARY | CREATE)) != 0
                && event.type() != EventType.SYSCALL_OPEN_BY_HANDLE_AT_X;
    return Extractors.bool(out, creates && (mode(event) & EXECUTE_BITS) != 0);
  }

  private static long mode(EventView event) {
    return switch (event.type()) {
      case SYSCALL_CREAT_X -> event.number(2, ParamType.UINT32, 0);
      case SYSCALL_OPEN_X -> event.number(3, ParamType.UINT32, 0);
      case SYSCALL_OPENAT_2_X, SYSCALL_OPENAT2_X -> event.number(4, ParamType.UINT32, 0);
      default -> 0;
    };
  }
}
