package io.jfalco.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jfalco.condition.compile.Condition;
import io.jfalco.daemon.EventShow;
import io.jfalco.issue.Json;
import io.jfalco.rule.AlertTemplate;
import io.jfalco.state.EventContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Prints events, one line each, until there were enough or nobody reads them any more. */
final class EventPrinter implements EventShow {
  private static final int BUFFER = 1 << 16;

  private final Condition filter;
  private final Optional<AlertTemplate> template;
  private final boolean json;
  private final long most;
  private final OutputStream out;
  private final boolean flushLines;
  private long shown;
  private boolean broken;

  /**
   * A printer.
   *
   * @param template what is shown of an event; empty: nothing
   * @param json as an object with the fields of the template
   * @param most events after which no more are wanted; 0: never
   * @param flushLines each line is seen at once
   */
  EventPrinter(
      Condition filter,
      Optional<AlertTemplate> template,
      boolean json,
      long most,
      OutputStream out,
      boolean flushLines) {
    this.filter = filter;
    this.template = template;
    this.json = json;
    this.most = most;
    this.out = new BufferedOutputStream(out, BUFFER);
    this.flushLines = flushLines;
  }

  @Override
  public Condition filter() {
    return filter;
  }

  @Override
  public boolean show(EventContext context) {
    if (most > 0 && shown >= most) {
      return false;
    }
    template.ifPresent(t -> print(t, context));
    shown++;
    return !broken && shown != most;
  }

  private void print(AlertTemplate shape, EventContext context) {
    String line = json ? Json.write(shape.fields(context)) : shape.message(context);
    try {
      out.write((line + '\n').getBytes(UTF_8));
      if (flushLines) {
        out.flush();
      }
    } catch (IOException e) {
      broken = true;
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      broken = true;
    }
  }
}
