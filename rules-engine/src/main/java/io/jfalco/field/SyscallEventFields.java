package io.jfalco.field;

import static io.jfalco.event.ParamType.CHARBUF;
import static io.jfalco.event.ParamType.INT16;
import static io.jfalco.event.ParamType.INT64;
import static io.jfalco.event.ParamType.RELTIME;
import static io.jfalco.event.ParamType.UINT32;
import static io.jfalco.event.ParamType.UINT64;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventFlag;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.BufferFormat;
import io.jfalco.render.ParamRenderer;
import io.jfalco.render.TimeText;
import io.jfalco.state.EventContext;
import io.jfalco.state.FdInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields of the event itself that only system calls have. */
final class SyscallEventFields {
  static final FieldFamily FAMILY =
      FieldFamily.syscall(
          "evt", "Syscall events only", "Fields of events that system calls produced.");
  private static final Bytes ENTER = Bytes.of(">");
  private static final Bytes EXIT = Bytes.of("<");
  private static final Bytes ZERO_TIME = Bytes.of("0ns");
  private static final Bytes READ = Bytes.of("read");
  private static final Bytes WRITE = Bytes.of("write");
  private static final byte[] LOG_DEVICE = "/dev/log".getBytes(StandardCharsets.US_ASCII);
  private static final EventFlags FLAGS = new EventFlags();

  private SyscallEventFields() {}

  static List<Field> rows(FieldEnvironment environment) {
    FieldRows rows = new FieldRows(FAMILY);
    times(rows);
    kinds(rows);
    EventArgFields.add(rows, environment.bufferFormat());
    results(rows);
    EventCountFields.add(rows);
    OpenFields.add(rows);
    return new ArrayList<>(rows.rows());
  }

  private static void times(FieldRows rows) {
    Extractor zero = (context, out) -> Extractors.number(out, 0);
    rows.number("evt.latency", RELTIME, "always 0.", zero, FieldFlag.DEPRECATED)
        .number("evt.latency.s", RELTIME, "always 0.", zero, FieldFlag.DEPRECATED)
        .row(
            "evt.latency.ns",
            RELTIME,
            PrintFormat.PADDED_DEC_10,
            "always 0.",
            zero,
            FieldFlag.DEPRECATED)
        .number(
            "evt.latency.quantized",
            UINT64,
            "always 0.",
            zero,
            FieldFlag.TABLE_ONLY,
            FieldFlag.DEPRECATED)
        .text(
            "evt.latency.human",
            "always '0ns'.",
            (context, out) -> Extractors.text(out, ZERO_TIME),
            FieldFlag.DEPRECATED)
        .number(
            "evt.deltatime",
            RELTIME,
            "nanoseconds since the event before this one.",
            (context, out) -> Extractors.number(out, sincePrevious(context)))
        .number(
            "evt.deltatime.s",
            RELTIME,
            "seconds since the event before this one.",
            (context, out) -> EventFields.seconds(out, sincePrevious(context)))
        .row(
            "evt.deltatime.ns",
            RELTIME,
            PrintFormat.PADDED_DEC_10,
            "nanoseconds within the second since the event before this one.",
            (context, out) -> EventFields.nanoseconds(out, sincePrevious(context)))
        .text(
            "evt.outputtime",
            "time of the event, in the form of the output.",
            (context, out) -> {
              TimeText.time(context.event().timestamp(), out.addText());
              return true;
            },
            FieldFlag.PRINT_ONLY,
            FieldFlag.TIME_TEXT);
  }

  private static long sincePrevious(EventContext context) {
    long previous = context.previousTimestamp();
    return previous == 0 ? 0 : context.event().timestamp() - previous;
  }

  private static void kinds(FieldRows rows) {
    rows.text(
            "evt.dir",
            "'>' for the start of a system call, '<' for its end; rules only see ends.",
            (context, out) ->
                Extractors.text(out, context.event().type().info().enter() ? ENTER : EXIT),
            FieldFlag.DEPRECATED)
        .text(
            "evt.type",
            "name of the event, such as 'open'.",
            (context, out) -> EventNames.name(context.event(), out.addText()))
        .bound(
            "evt.type.is",
            UINT32,
            PrintFormat.NA,
            "1 for events of the type given as argument, 0 for others: evt.type.is.open.",
            SyscallEventFields::typeIs,
            FieldFlag.ARG_REQUIRED,
            FieldFlag.ARG_DOTTED)
        .text(
            "syscall.type",
            "name of the system call; missing for events that none produced.",
            SyscallEventFields::syscallType)
        .text(
            "evt.category",
            "what the event is about: file, net, IPC, memory, process, sleep, system, signal, user,"
                + " time, wait, other ...; for reads and writes what the descriptor refers to.",
            EventCategories::extract)
        .row(
            "evt.cpu",
            INT16,
            PrintFormat.ID,
            "number of the CPU that the event happened on.",
            (context, out) -> Extractors.number(out, context.event().cpu()));
  }

  private static Extractor typeIs(Optional<String> argument) throws FieldException {
    String name = argument.orElse("").replaceFirst("^\\.", "");
    if (argument.isEmpty() || !argument.get().startsWith(".")) {
      throw FieldException.syntax();
    }
    boolean[] types = new boolean[EventType.COUNT];
    boolean known = name.matches("[0-9]{1,9}");
    if (known) {
      int number = Integer.parseInt(name);
      if (number < types.length) {
        types[number] = true;
      }
    } else {
      for (EventInfo info : EventTable.events()) {
        if (info.name().equals(name) && !known) {
          known = true;
          types[info.type().ordinal()] = true;
          types[Math.min(info.type().ordinal() + 1, types.length - 1)] = true;
        }
      }
    }
    if (!known) {
      throw FieldException.noField();
    }
    return (context, out) -> Extractors.bool(out, types[context.event().type().ordinal()]);
  }

  private static boolean syscallType(EventContext context, Value out) {
    return FLAGS.isSyscall(context) && EventNames.syscallName(context.event(), out.addText());
  }

  private static void results(FieldRows rows) {
    rows.bound(
            "evt.res",
            CHARBUF,
            PrintFormat.NA,
            "SUCCESS, or the name of the error, such as ENOENT.",
            argument -> {
              ParamRenderer renderer = new ParamRenderer(BufferFormat.TEXT);
              return (context, out) -> renderer.result(context, out.addText());
            })
        .number(
            "evt.rawres",
            INT64,
            "result of the system call as a number.",
            (context, out) ->
                Extractors.hasResult(context) && Extractors.number(out, Extractors.result(context)))
        .bool(
            "evt.failed",
            "true when the system call returned an error.",
            (context, out) ->
                Extractors.hasResult(context)
                    && Extractors.bool(out, Extractors.result(context) < 0))
        .bool(
            "evt.is_io",
            "true for events that read from or write to a descriptor.",
            (context, out) -> Extractors.bool(out, FLAGS.reads(context) || FLAGS.writes(context)))
        .bool(
            "evt.is_io_read",
            "true for events that read from a descriptor.",
            (context, out) -> Extractors.bool(out, FLAGS.reads(context)))
        .bool(
            "evt.is_io_write",
            "true for events that write to a descriptor.",
            (context, out) -> Extractors.bool(out, FLAGS.writes(context)))
        .text(
            "evt.io_dir", "'read' or 'write' for events that do so.", SyscallEventFields::direction)
        .bool(
            "evt.is_wait",
            "true for events that wait, such as sleep, select and poll.",
            (context, out) -> Extractors.bool(out, FLAGS.waits(context)))
        .number(
            "evt.wait_latency",
            RELTIME,
            "always 0.",
            (context, out) -> Extractors.number(out, 0),
            FieldFlag.DEPRECATED)
        .bool("evt.is_syslog", "true for writes to /dev/log.", SyscallEventFields::isSyslog);
  }

  private static boolean direction(EventContext context, Value out) {
    if (FLAGS.writes(context)) {
      return Extractors.text(out, WRITE);
    }
    return FLAGS.reads(context) && Extractors.text(out, READ);
  }

  private static boolean isSyslog(EventContext context, Value out) {
    FdInfo fd = context.fd();
    return Extractors.bool(out, FLAGS.writes(context) && fd != null && names(fd.name()));
  }

  private static boolean names(Bytes path) {
    for (int i = 0; i + LOG_DEVICE.length <= path.length(); i++) {
      int same = 0;
      while (same < LOG_DEVICE.length && path.at(i + same) == LOG_DEVICE[same]) {
        same++;
      }
      if (same == LOG_DEVICE.length) {
        return true;
      }
    }
    return false;
  }

  /** Flags of event types as arrays. */
  private static final class EventFlags {
    private final boolean[] syscall = new boolean[EventType.COUNT];
    private final boolean[] reads = new boolean[EventType.COUNT];
    private final boolean[] writes = new boolean[EventType.COUNT];
    private final boolean[] waits = new boolean[EventType.COUNT];

    EventFlags() {
      for (EventInfo info : EventTable.events()) {
        int type = info.type().ordinal();
        syscall[type] = info.origins().contains(EventOrigin.SYSCALL);
        reads[type] = info.is(EventFlag.READS_FD);
        writes[type] = info.is(EventFlag.WRITES_FD);
        waits[type] = info.is(EventFlag.WAITS);
      }
    }

    boolean isSyscall(EventContext context) {
      return syscall[context.event().type().ordinal()];
    }

    boolean reads(EventContext context) {
      return reads[context.event().type().ordinal()];
    }

    boolean writes(EventContext context) {
      return writes[context.event().type().ordinal()];
    }

    boolean waits(EventContext context) {
      return waits[context.event().type().ordinal()];
    }
  }
}
