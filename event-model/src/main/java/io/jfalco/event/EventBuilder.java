package io.jfalco.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes event records, byte for byte as the kernel side does. For tests, converters and capture
 * files; allocates freely.
 */
public final class EventBuilder {
  private final EventType type;
  private final List<byte[]> values = new ArrayList<>();
  private long timestamp;
  private long tid;

  private EventBuilder(EventType type) {
    this.type = type;
  }

  /** Starts a record of a type. */
  public static EventBuilder of(EventType type) {
    return new EventBuilder(type);
  }

  /** Nanoseconds since the epoch. */
  public EventBuilder timestamp(long nanoseconds) {
    timestamp = nanoseconds;
    return this;
  }

  /** Thread of the event. */
  public EventBuilder tid(long thread) {
    tid = thread;
    return this;
  }

  /** Adds a number in the width of the next parameter's type. */
  public EventBuilder number(long value) {
    int size = next().type().size();
    ByteBuffer bytes = EventView.newBuffer(8);
    bytes.putLong(0, value);
    byte[] out = new byte[size];
    bytes.get(0, out);
    values.add(out);
    return this;
  }

  /** Adds text with its final NUL. */
  public EventBuilder text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[utf8.length + 1];
    System.arraycopy(utf8, 0, out, 0, utf8.length);
    return bytes(out);
  }

  /** Adds strings, each with its final NUL (arguments, environment, cgroups). */
  public EventBuilder texts(List<String> value) {
    StringBuilder joined = new StringBuilder();
    for (String text : value) {
      joined.append(text).append('\0');
    }
    return bytes(joined.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Adds raw bytes. */
  public EventBuilder bytes(byte[] value) {
    next();
    values.add(value.clone());
    return this;
  }

  /** Adds a missing parameter. */
  public EventBuilder missing() {
    return bytes(new byte[0]);
  }

  private ParamInfo next() {
    List<ParamInfo> params = type.info().params();
    if (values.size() >= params.size()) {
      throw new IllegalStateException(type + " has only " + params.size() + " parameters");
    }
    return params.get(values.size());
  }

  /** The record. Parameters not given are left out, as older drivers do. */
  public ByteBuffer build() {
    boolean large = type.info().is(EventFlag.LARGE_PAYLOAD);
    int length = EventView.HEADER_SIZE + values.size() * (large ? 4 : 2);
    for (byte[] value : values) {
      length += value.length;
    }
    ByteBuffer record = EventView.newBuffer(length);
    record.putLong(timestamp).putLong(tid).putInt(length);
    record.putShort((short) type.ordinal()).putInt(values.size());
    for (byte[] value : values) {
      if (large) {
        record.putInt(value.length);
      } else {
        record.putShort((short) value.length);
      }
    }
    for (byte[] value : values) {
      record.put(value);
    }
    record.flip();
    return record;
  }

  /** A view over a freshly built record. */
  public EventView view() {
    ByteBuffer record = build();
    EventView view = new EventView();
    EventView.Check check = view.wrap(record, 0, record.limit());
    if (check != EventView.Check.OK) {
      throw new IllegalStateException(type + ": " + check);
    }
    return view;
  }
}
