package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventFlag;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.ParamType;
import java.nio.ByteBuffer;

/**
 * Turns events of older drivers into those of today: enter and exit event into one exit event with
 * the parameters of both, old versions of an event into the last one. Rows of {@link
 * ConversionTable} are applied until none fits.
 */
final class Converter {
  /** What became of an event. */
  enum Outcome {
    /** The view shows an event of today. */
    READY,
    /** The event is not delivered: the exit event tells everything, or nobody uses it. */
    DROPPED,
    /** No version of the driver wrote such an event. */
    UNUSABLE
  }

  /** Rows that follow one another, at most; more than in any chain of the table. */
  private static final int MOST_STEPS = 50;

  /** Room for the values of parameters that are made up. */
  private static final int ADDED = 1024;

  /** Most bytes of a value that is not one of a large event. */
  private static final int LONGEST = 0xffff;

  private static final long NO_ID = 0xffffffffL;

  private static final Outcome[] UNCONVERTED = unconverted();

  private final KeptEvents kept = new KeptEvents();
  private final Bytes text = new Bytes();
  private final Bytes json = new Bytes();
  private ByteBuffer target = EventView.newBuffer(1 << 12);
  private ByteBuffer other = EventView.newBuffer(1 << 12);
  private int valueAt;

  /** Converts the event of a view; the view then shows the result, until the next call. */
  Outcome convert(EventView event) {
    for (int i = 0; i < MOST_STEPS; i++) {
      Conversion row = ConversionTable.row(event.type(), event.paramCount());
      if (row == null) {
        kept.forgetEnded(event);
        return UNCONVERTED[event.type().ordinal()];
      }
      switch (row.action()) {
        case KEEP:
          kept.keep(event);
          return Outcome.DROPPED;
        case KEEP_PASS:
          kept.keep(event);
          return Outcome.READY;
        case PASS:
          return Outcome.READY;
        case APPEND, BECOME:
          apply(row, event);
          break;
      }
    }
    return Outcome.UNUSABLE;
  }

  private static Outcome[] unconverted() {
    Outcome[] outcomes = new Outcome[EventType.values().length];
    for (EventInfo info : EventTable.events()) {
      boolean old = info.is(EventFlag.OLD_VERSION);
      Outcome outcome = Outcome.READY;
      if (info.is(EventFlag.UNUSED) || old && !info.is(EventFlag.CONVERTED)) {
        outcome = Outcome.DROPPED;
      } else if (old) {
        outcome = Outcome.UNUSABLE;
      }
      outcomes[info.type().ordinal()] = outcome;
    }
    return outcomes;
  }

  private void apply(Conversion row, EventView event) {
    int own = row.action() == Conversion.Action.APPEND ? event.paramCount() : 0;
    int count = own + row.size();
    EventView enter = row.usesEnter() ? kept.enterOf(event) : null;
    begin(row.result(), event, enter, count);
    for (int i = 0; i < own; i++) {
      int size = event.paramLength(i);
      copy(event, i, size);
      length(row.result(), i, size);
    }
    for (int i = 0; i < row.size(); i++) {
      ParamType type = typeOf(row.result(), own + i);
      length(row.result(), own + i, value(row.source(i), type, event, enter));
    }
    if (enter != null) {
      kept.taken(event.tid());
    }
    target.putInt(16, valueAt);
    EventView.Check check = event.wrap(target, 0, valueAt);
    if (check != EventView.Check.OK) {
      throw new IllegalStateException(row.result() + ": " + check);
    }
    ByteBuffer done = target;
    target = other;
    other = done;
  }

  /** Writes the header of the result, and makes room for all that may follow. */
  private void begin(EventType result, EventView event, EventView enter, int count) {
    int room = event.length() + (enter == null ? 0 : enter.length()) + ADDED;
    if (target.capacity() < room) {
      target = EventView.newBuffer(room);
    }
    target.putLong(0, event.timestamp());
    target.putLong(8, event.tid());
    target.putShort(20, (short) result.ordinal());
    target.putInt(22, count);
    valueAt = EventView.HEADER_SIZE + count * lengthSize(result);
  }

  private static boolean isLarge(EventType type) {
    return type.info().is(EventFlag.LARGE_PAYLOAD);
  }

  private static int lengthSize(EventType type) {
    return isLarge(type) ? 4 : 2;
  }

  private static ParamType typeOf(EventType type, int param) {
    return type.info().params().get(param).type();
  }

  private void length(EventType type, int param, int size) {
    if (isLarge(type)) {
      target.putInt(EventView.HEADER_SIZE + 4 * param, size);
    } else {
      target.putShort(EventView.HEADER_SIZE + 2 * param, (short) size);
    }
  }

  /** Writes the value of a parameter and returns its length. */
  private int value(int source, ParamType type, EventView event, EventView enter) {
    if (source == Conversion.EMPTY) {
      return 0;
    }
    if (source == Conversion.DEFAULT) {
      return defaultValue(type);
    }
    if (source == Conversion.CONTAINER_JSON) {
      return container(event);
    }
    if (source < Conversion.FROM_ENTER) {
      return capped(event, source, type);
    }
    int param = source & Conversion.FROM_ENTER - 1;
    if (enter != null && param < enter.paramCount()) {
      return capped(enter, param, type);
    }
    return (source & Conversion.OR_EMPTY) != 0 ? 0 : defaultValue(type);
  }

  private int defaultValue(ParamType type) {
    if (type.size() <= 0) {
      return 0;
    }
    target.putLong(valueAt, type == ParamType.UID || type == ParamType.GID ? NO_ID : 0);
    valueAt += type.size();
    return type.size();
  }

  /** Copies a value that may be longer than the type of the result. */
  private int capped(EventView from, int param, ParamType type) {
    int size = from.paramLength(param);
    int copied = type.size() > 0 ? Math.min(size, type.size()) : size;
    copy(from, param, copied);
    return copied;
  }

  private void copy(EventView from, int param, int size) {
    if (size > 0) {
      target.put(valueAt, from.buffer(), from.paramOffset(param), size);
      valueAt += size;
    }
  }

  /**
   * What the oldest events tell of a container, as later ones tell it: {@code
   * {"id":"","type":0,"name":"","image":""}}, nothing escaped. Empty when a part is missing.
   */
  private int container(EventView event) {
    if (event.isMissing(0) || event.isMissing(2) || event.isMissing(3)) {
      return 0;
    }
    json.clear().appendAscii("{\"id\":\"");
    appendText(event, 0);
    json.appendAscii("\",\"type\":").appendDecimal(event.u32(1, 0)).appendAscii(",\"name\":\"");
    appendText(event, 2);
    json.appendAscii("\",\"image\":\"");
    appendText(event, 3);
    json.appendAscii("\"}").append(0);
    if (json.length() > LONGEST) {
      return 0;
    }
    target.put(valueAt, json.array(), json.offset(), json.length());
    valueAt += json.length();
    return json.length();
  }

  private void appendText(EventView event, int param) {
    text.copyFrom(event.buffer(), event.paramOffset(param), event.paramLength(param) - 1);
    json.append(text);
  }
}
