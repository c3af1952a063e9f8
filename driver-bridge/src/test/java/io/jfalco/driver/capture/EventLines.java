package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import io.jfalco.render.BufferFormat;
import io.jfalco.render.ParamRenderer;
import io.jfalco.render.Sanitizer;
import io.jfalco.render.TimeText;
import io.jfalco.state.EventContext;

/**
 * Writes an event as Falco does with the output {@code "%evt.num %evt.cpu %proc.name %thread.tid
 * %evt.dir %evt.type %evt.args"}.
 */
final class EventLines {
  private final ParamRenderer renderer = new ParamRenderer(BufferFormat.TEXT);
  private final Bytes line = new Bytes();
  private final Bytes text = new Bytes();

  /** One line; valid until the next. */
  Bytes line(EventContext context) {
    EventView event = context.event();
    line.clear();
    TimeText.iso8601(event.timestamp(), line);
    line.appendAscii(": Informational ").appendDecimal(event.number());
    line.append(' ').appendDecimal(event.cpu()).append(' ');
    if (context.thread() == null) {
      line.appendAscii("<NA>");
    } else {
      Sanitizer.append(context.thread().comm(), line);
    }
    line.append(' ').appendDecimal(event.tid());
    line.appendAscii(event.type().info().enter() ? " > " : " < ");
    type(context);
    line.append(' ');
    renderer.args(context, text);
    Sanitizer.append(text, line);
    return line;
  }

  private void type(EventContext context) {
    EventView event = context.event();
    switch (event.type()) {
      case GENERIC_X -> {
        Syscall syscall = EventTable.syscall(event.u16(0, 0));
        if (syscall == null) {
          syscall = EventTable.syscallX8664(event.u16(1, 0));
        }
        line.appendAscii(syscall == null ? "unknown" : syscall.name());
      }
      case ASYNCEVENT_E -> {
        event.text(1, text);
        Sanitizer.append(text, line);
      }
      default -> line.appendAscii(event.type().info().name());
    }
  }
}
