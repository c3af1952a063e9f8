package io.jfalco.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A flyweight over one event record. Owned by the event-loop thread; valid only until the source
 * that filled it goes on, so nobody stores it.
 *
 * <pre>
 *  0        8        16      20     22        26
 *  +--------+--------+-------+------+---------+--------------------+----------------+
 *  | ts u64 | tid u64| len   | type | nparams | nparams lengths    | values         |
 *  | ns     |        | u32   | u16  | u32     | u16 (u32: large)   | no padding     |
 *  +--------+--------+-------+------+---------+--------------------+----------------+
 * </pre>
 *
 * All numbers are little-endian. {@link #wrap} checks the record once against its own lengths;
 * getters then trust it. Parameters that the record does not carry (records of older drivers), and
 * those of length 0, are missing.
 */
public final class EventView {
  /** Size of the header in bytes. */
  public static final int HEADER_SIZE = 26;

  /** What {@link #wrap} found. */
  public enum Check {
    /** The record is consistent. */
    OK,
    /** The record is shorter than its header, or longer than the bytes there are. */
    BAD_LENGTH,
    /** The event number is not in the table. */
    UNKNOWN_TYPE,
    /** More parameters than any event can have, or lengths that do not add up. */
    BAD_PARAMS
  }

  /**
   * Ends a record of a capture that has parameters of ours: Falco refuses records that count more
   * than it knows. Behind the values of those that are counted come the values of ours, their
   * lengths and their number, 2 bytes each, and this.
   */
  public static final int OWN_MARK = 0x4f52464a;

  /** Bytes of the number of our parameters and of the mark. */
  public static final int OWN_TAIL = 6;

  private final int[] offsets = new int[EventTable.MAX_PARAMS];
  private final int[] lengths = new int[EventTable.MAX_PARAMS];
  private ByteBuffer buffer;
  private int start;
  private int length;
  private int paramCount;
  private EventType type;
  private int cpu;
  private long number;
  private boolean stateOnly;

  /**
   * Points the view at a record.
   *
   * @param source bytes of the record; must be little-endian
   * @param offset position of the header
   * @param available bytes that belong to the record, at most
   * @return OK, or why the record is not usable; the view must not be read then
   */
  public Check wrap(ByteBuffer source, int offset, int available) {
    if (available < HEADER_SIZE) {
      return Check.BAD_LENGTH;
    }
    long recordLength = source.getInt(offset + 16) & 0xffffffffL;
    if (recordLength < HEADER_SIZE || recordLength > available) {
      return Check.BAD_LENGTH;
    }
    EventType recordType = EventType.of(source.getShort(offset + 20) & 0xffff);
    if (recordType == null) {
      return Check.UNKNOWN_TYPE;
    }
    int count = source.getInt(offset + 22);
    if (count < 0 || count > EventTable.MAX_PARAMS) {
      return Check.BAD_PARAMS;
    }
    boolean large = isLarge(recordType);
    int lengthSize = large ? 4 : 2;
    int end = offset + (int) recordLength;
    int lengthAt = offset + HEADER_SIZE;
    long value = (long) lengthAt + (long) count * lengthSize;
    if (value > end) {
      return Check.BAD_PARAMS;
    }
    for (int i = 0; i < count; i++) {
      long size =
          large ? source.getInt(lengthAt) & 0xffffffffL : source.getShort(lengthAt) & 0xffffL;
      lengthAt += lengthSize;
      offsets[i] = (int) value;
      lengths[i] = (int) size;
      value += size;
      if (value > end) {
        return Check.BAD_PARAMS;
      }
    }
    buffer = source;
    start = offset;
    length = (int) recordLength;
    type = recordType;
    paramCount = value == end ? count : count + ownParams((int) value, count, end);
    stateOnly = false;
    return Check.OK;
  }

  /**
   * Looks for parameters of ours behind those that the record counts ({@link #OWN_MARK}); how many
   * there are.
   */
  private int ownParams(int valuesAt, int counted, int end) {
    if (end - valuesAt < OWN_TAIL || buffer.getInt(end - 4) != OWN_MARK) {
      return 0;
    }
    int own = buffer.getShort(end - OWN_TAIL) & 0xffff;
    int lengthsEnd = end - OWN_TAIL;
    int lengthAt = lengthsEnd - 2 * own;
    if (counted + own > type.info().params().size() || lengthAt < valuesAt) {
      return 0;
    }
    int value = valuesAt;
    for (int i = counted; lengthAt + 2 * (i - counted) < lengthsEnd; i++) {
      int size = buffer.getShort(lengthAt + 2 * (i - counted)) & 0xffff;
      offsets[i] = value;
      lengths[i] = size;
      value += size;
      if (value > lengthAt) {
        return 0;
      }
    }
    return value == lengthAt ? own : 0;
  }

  private static boolean isLarge(EventType type) {
    return type == EventType.PLUGINEVENT_E
        || type == EventType.ASYNCEVENT_E
        || type == EventType.CONTAINER_JSON_2_E;
  }

  /** Set by the source: the CPU that the event happened on, and its running number from 1. */
  public void position(int eventCpu, long eventNumber) {
    cpu = eventCpu;
    number = eventNumber;
  }

  /** Set by the source: the event only updates state, rules must not see it. */
  public void stateOnly(boolean value) {
    stateOnly = value;
  }

  /** True when the event only updates state. */
  public boolean isStateOnly() {
    return stateOnly;
  }

  /** The CPU that the event happened on. */
  public int cpu() {
    return cpu;
  }

  /** The running number of the event, from 1. */
  public long number() {
    return number;
  }

  /** Nanoseconds since the epoch. */
  public long timestamp() {
    return buffer.getLong(start);
  }

  /** Thread that caused the event, as the initial pid namespace numbers it. */
  public long tid() {
    return buffer.getLong(start + 8);
  }

  /** Length of the record in bytes. */
  public int length() {
    return length;
  }

  /** The event type. */
  public EventType type() {
    return type;
  }

  /** Number of parameters that the record carries; the table may know more. */
  public int paramCount() {
    return paramCount;
  }

  /** The buffer that holds the record. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Position of the record in {@link #buffer}. */
  public int offset() {
    return start;
  }

  /** True when the parameter is absent or empty. */
  public boolean isMissing(int param) {
    return param >= paramCount || lengths[param] == 0;
  }

  /** Position of a parameter's value in {@link #buffer}. The record must carry it. */
  public int paramOffset(int param) {
    return offsets[param];
  }

  /** Length of a parameter's value in bytes; 0 when it is missing. */
  public int paramLength(int param) {
    return param < paramCount ? lengths[param] : 0;
  }

  /** Signed 64-bit value, or {@code missing} when the parameter is not 8 bytes long. */
  public long s64(int param, long missing) {
    return paramLength(param) == 8 ? buffer.getLong(offsets[param]) : missing;
  }

  /** Unsigned 32-bit value, or {@code missing} when the parameter is not 4 bytes long. */
  public long u32(int param, long missing) {
    return paramLength(param) == 4 ? buffer.getInt(offsets[param]) & 0xffffffffL : missing;
  }

  /** Signed 32-bit value, or {@code missing} when the parameter is not 4 bytes long. */
  public int s32(int param, int missing) {
    return paramLength(param) == 4 ? buffer.getInt(offsets[param]) : missing;
  }

  /** Unsigned 16-bit value, or {@code missing} when the parameter is not 2 bytes long. */
  public int u16(int param, int missing) {
    return paramLength(param) == 2 ? buffer.getShort(offsets[param]) & 0xffff : missing;
  }

  /** Unsigned 8-bit value, or {@code missing} when the parameter is not 1 byte long. */
  public int u8(int param, int missing) {
    return paramLength(param) == 1 ? buffer.get(offsets[param]) & 0xff : missing;
  }

  /** A number of whatever width the record has: sign- or zero-extended by the table's type. */
  public long number(int param, ParamType paramType, long missing) {
    switch (paramLength(param)) {
      case 1:
        byte one = buffer.get(offsets[param]);
        return paramType.isSigned() ? one : one & 0xff;
      case 2:
        short two = buffer.getShort(offsets[param]);
        return paramType.isSigned() ? two : two & 0xffff;
      case 4:
        int four = buffer.getInt(offsets[param]);
        return paramType.isSigned() ? four : four & 0xffffffffL;
      case 8:
        return buffer.getLong(offsets[param]);
      default:
        return missing;
    }
  }

  /**
   * Copies text into {@code out}, without its final NUL. Does nothing and returns false when the
   * parameter is missing.
   */
  public boolean text(int param, Bytes out) {
    int size = paramLength(param);
    if (size == 0) {
      return false;
    }
    int at = offsets[param];
    if (buffer.get(at + size - 1) == 0) {
      size--;
    }
    out.copyFrom(buffer, at, size);
    return true;
  }

  /** Copies all bytes of a parameter into {@code out}; false when it is missing. */
  public boolean bytes(int param, Bytes out) {
    int size = paramLength(param);
    if (size == 0) {
      return false;
    }
    out.copyFrom(buffer, offsets[param], size);
    return true;
  }

  /** An empty little-endian direct buffer, as sources and tests need it. */
  public static ByteBuffer newBuffer(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
