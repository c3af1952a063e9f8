package io.jfalco.field;

import static io.jfalco.event.ParamType.ABSTIME;
import static io.jfalco.event.ParamType.RELTIME;
import static io.jfalco.event.ParamType.UINT64;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.PrintFormat;
import io.jfalco.render.TimeText;
import io.jfalco.state.EventContext;
import java.util.List;

/** Fields of all events, whatever their source. */
final class EventFields {
  private static final long SECOND = 1_000_000_000L;
  private static final FieldFamily FAMILY =
      new FieldFamily(
          "evt",
          "All event types",
          "These fields exist for the events of every source",
          List.of(),
          false);
  private static final Bytes SYSCALL_SOURCE = Bytes.of("syscall");
  private static final boolean[] META = new boolean[EventType.COUNT];

  static {
    for (EventInfo info : EventTable.events()) {
      META[info.type().ordinal()] = info.origins().contains(EventOrigin.META);
    }
  }

  private EventFields() {}

  static List<Field> rows(FieldEnvironment environment) {
    FieldRows rows = new FieldRows(FAMILY);
    rows.row("evt.num", UINT64, PrintFormat.ID, "running number of the event.", EventFields::num);
    times(rows);
    rows.text("evt.pluginname", "name of the plugin that produced the event.", Extractors.NONE)
        .text("evt.plugininfo", "the plugin's own short text of the event.", Extractors.NONE)
        .text("evt.source", "name of the source that produced the event.", EventFields::source)
        .bool("evt.is_async", "true for events that no source produced.", EventFields::isAsync)
        .text(
            "evt.asynctype",
            "name of an asynchronous event, such as 'container'.",
            EventFields::asyncType)
        .text(
            "evt.hostname",
            "name of the host; the environment variable FALCO_HOSTNAME replaces it.",
            (context, out) -> {
              out.addText().view(environment.hostname());
              return true;
            });
    return rows.rows();
  }

  private static void times(FieldRows rows) {
    rows.text(
            "evt.time",
            "local time of the event with nanoseconds.",
            form(TimeText::time),
            FieldFlag.TIME_TEXT)
        .text(
            "evt.time.s",
            "local time of the event in seconds.",
            form(TimeText::timeSeconds),
            FieldFlag.TIME_TEXT)
        .text(
            "evt.time.iso8601",
            "time of the event in ISO 8601 form, in UTC with nanoseconds.",
            form(TimeText::iso8601),
            FieldFlag.TIME_TEXT)
        .text(
            "evt.datetime",
            "local date and time of the event with nanoseconds.",
            form(TimeText::dateTime),
            FieldFlag.TIME_TEXT)
        .text(
            "evt.datetime.s",
            "local date and time of the event in seconds.",
            form(TimeText::dateTimeSeconds),
            FieldFlag.TIME_TEXT)
        .number(
            "evt.rawtime",
            ABSTIME,
            "time of the event, nanoseconds since 1970.",
            (context, out) -> Extractors.number(out, context.event().timestamp()))
        .number(
            "evt.rawtime.s",
            ABSTIME,
            "time of the event, seconds since 1970.",
            (context, out) -> seconds(out, context.event().timestamp()))
        .row(
            "evt.rawtime.ns",
            ABSTIME,
            PrintFormat.PADDED_DEC_10,
            "nanoseconds within the second of the event.",
            (context, out) -> nanoseconds(out, context.event().timestamp()))
        .row(
            "evt.reltime",
            RELTIME,
            PrintFormat.PADDED_DEC_10,
            "nanoseconds since the first event.",
            (context, out) -> Extractors.number(out, sinceStart(context)))
        .number(
            "evt.reltime.s",
            RELTIME,
            "seconds since the first event.",
            (context, out) -> seconds(out, sinceStart(context)))
        .row(
            "evt.reltime.ns",
            RELTIME,
            PrintFormat.PADDED_DEC_10,
            "nanoseconds within the second since the first event.",
            (context, out) -> nanoseconds(out, sinceStart(context)));
  }

  private static boolean num(EventContext context, Value out) {
    return Extractors.number(out, context.event().number());
  }

  /** Writes a time in some form. */
  private interface Form {
    void append(long timestamp, Bytes out);
  }

  private static Extractor form(Form form) {
    return (context, out) -> {
      form.append(context.event().timestamp(), out.addText());
      return true;
    };
  }

  private static long sinceStart(EventContext context) {
    return context.event().timestamp() - context.firstTimestamp();
  }

  static boolean seconds(Value out, long time) {
    return Extractors.number(out, Long.divideUnsigned(time, SECOND));
  }

  static boolean nanoseconds(Value out, long time) {
    return Extractors.number(out, Long.remainderUnsigned(time, SECOND));
  }

  private static boolean source(EventContext context, Value out) {
    if (context.event().type() == EventType.PLUGINEVENT_E) {
      return false;
    }
    out.addText().view(SYSCALL_SOURCE);
    return true;
  }

  private static boolean isAsync(EventContext context, Value out) {
    return Extractors.bool(out, META[context.event().type().ordinal()]);
  }

  private static boolean asyncType(EventContext context, Value out) {
    return META[context.event().type().ordinal()]
        && EventNames.name(context.event(), out.addText());
  }
}
