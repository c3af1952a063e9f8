package io.jfalco.driver;

import io.jfalco.event.EventBuilder;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;

/** The kernel's end of a ring buffer, in plain memory: same layout, same double mapping. */
final class FakeRing {
  static final int BUSY = 1 << 31;
  static final int DISCARD = 1 << 30;

  private final ByteBuffer consumer = EventView.newBuffer(8);
  private final ByteBuffer producer = EventView.newBuffer(8);
  private final ByteBuffer data;
  private final int size;
  private final Ring ring;

  FakeRing(int size) {
    this(size, 0);
  }

  /** A ring that has been in use for so many bytes. */
  FakeRing(int size, long position) {
    this.size = size;
    this.data = EventView.newBuffer(2 * size);
    consumer.putLong(0, position);
    producer.putLong(0, position);
    ring = new BpfRing(consumer, producer, data, size);
  }

  Ring ring() {
    return ring;
  }

  /** What the reader has given back. */
  long consumed() {
    return consumer.getLong(0);
  }

  long produced() {
    return producer.getLong(0);
  }

  /** Writes a close event; false when there is no room. */
  boolean event(long timestamp, long tid) {
    return put(close(timestamp, tid), 0) >= 0;
  }

  static byte[] close(long timestamp, long tid) {
    return bytes(
        EventBuilder.of(EventType.SYSCALL_CLOSE_X)
            .timestamp(timestamp)
            .tid(tid)
            .number(0)
            .number(3)
            .build());
  }

  static byte[] bytes(ByteBuffer record) {
    byte[] bytes = new byte[record.limit()];
    record.get(0, bytes);
    return bytes;
  }

  /** Writes a record with flags; returns where its header lies, or -1 when there is no room. */
  long put(byte[] record, int flags) {
    return put(record, record.length, flags);
  }

  /** The same, with a length in the header that may be a lie. */
  long put(byte[] record, int length, int flags) {
    long at = producer.getLong(0);
    long room = (record.length + 8 + 7L) & ~7L;
    if (at + room - consumed() > size) {
      return -1;
    }
    header(at, length | flags);
    for (int i = 0; i < record.length; i++) {
      set(at + 8 + i, record[i]);
    }
    producer.putLong(0, at + room);
    return at;
  }

  /** Replaces the length and flags of a record. */
  void header(long at, int value) {
    for (int i = 0; i < 4; i++) {
      set(at + i, (byte) (value >>> 8 * i));
    }
  }

  private void set(long position, byte value) {
    int at = (int) (position % size);
    data.put(at, value);
    data.put(at + size, value);
  }
}
