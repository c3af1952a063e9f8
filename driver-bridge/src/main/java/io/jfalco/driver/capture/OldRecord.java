package io.jfalco.driver.capture;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;

/**
 * Records of the first event blocks, whose header does not tell the number of parameters. It is
 * found from the lengths: the greatest number, at most that of the event table, whose lengths add
 * up to the length of the record. The record is copied with the number filled in.
 *
 * <pre>
 *  0        8        16      20     22
 *  +--------+--------+-------+------+--------------------+----------------+
 *  | ts u64 | tid u64| len   | type | lengths u16        | values         |
 *  +--------+--------+-------+------+--------------------+----------------+
 * </pre>
 */
final class OldRecord {
  private static final int OLD_HEADER = 22;
  private static final int ADDED = EventView.HEADER_SIZE - OLD_HEADER;

  /** Events of which old writers gave a greater length than they have. */
  private static final int TOO_MUCH = 3;

  private ByteBuffer copy = EventView.newBuffer(1 << 10);

  /** Points the view at a copy of the record; valid until the next call. */
  EventView.Check wrap(EventView view, ByteBuffer source, int offset, int available) {
    if (available < OLD_HEADER) {
      return EventView.Check.BAD_LENGTH;
    }
    long length = source.getInt(offset + 16) & 0xffffffffL;
    if (length < OLD_HEADER || length > available) {
      return EventView.Check.BAD_LENGTH;
    }
    EventType type = EventType.of(source.getShort(offset + 20) & 0xffff);
    if (type == null) {
      return EventView.Check.UNKNOWN_TYPE;
    }
    if (type == EventType.NOTIFICATION_E || type == EventType.INFRASTRUCTURE_EVENT_E) {
      length -= TOO_MUCH;
      if (length < OLD_HEADER) {
        return EventView.Check.BAD_LENGTH;
      }
    }
    int count = type.info().is(EventFlag.LARGE_PAYLOAD) ? -1 : count(source, offset, length, type);
    if (count < 0) {
      return EventView.Check.BAD_PARAMS;
    }
    int size = (int) length;
    if (copy.capacity() < size + ADDED) {
      copy = EventView.newBuffer(Math.max(size + ADDED, copy.capacity() * 2));
    }
    copy.put(0, source, offset, OLD_HEADER);
    copy.putInt(16, size + ADDED);
    copy.putInt(OLD_HEADER, count);
    copy.put(EventView.HEADER_SIZE, source, offset + OLD_HEADER, size - OLD_HEADER);
    return view.wrap(copy, 0, size + ADDED);
  }

  private static int count(ByteBuffer source, int offset, long length, EventType type) {
    long sum = 0;
    int count = 0;
    int found = length == OLD_HEADER ? 0 : -1;
    int most = type.info().params().size();
    while (count < most && OLD_HEADER + 2L * (count + 1) <= length) {
      sum += source.getShort(offset + OLD_HEADER + 2 * count) & 0xffff;
      count++;
      if (OLD_HEADER + 2L * count + sum == length) {
        found = count;
      }
    }
    return found;
  }
}
