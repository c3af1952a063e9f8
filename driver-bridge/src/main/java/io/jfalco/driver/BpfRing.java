package io.jfalco.driver;

import io.jfalco.event.EventView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reading end of one BPF ring buffer. Knows the kernel's layout and nothing else does.
 *
 * <pre>
 *  consumer page (we write)    producer page (kernel writes)
 *  +------------------+        +------------------+
 *  | position u64     |        | position u64     |   both only grow; record at position & mask
 *  +------------------+        +------------------+
 *
 *  data, size bytes, mapped twice in a row, so that no record is torn at the end
 *  0       4       8                    8 + length, rounded up to 8
 *  +-------+-------+--------------------+------
 *  | length| page  | record             | next header
 *  | u32   | u32   |                    |
 *  +-------+-------+--------------------+------
 *   bit 31 of length: busy, the kernel still writes it; bit 30: discard, skip it
 * </pre>
 *
 * A position is only given back to the kernel by {@link #release}; what lies behind it may be
 * overwritten from then on. One thread.
 */
final class BpfRing extends Ring {
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER = 8;
  private static final int BUSY = 1 << 31;
  private static final int DISCARD = 1 << 30;

  private final ByteBuffer consumer;
  private final ByteBuffer producer;
  private final ByteBuffer data;
  private final int size;
  private final int mask;
  private long position;
  private long released;
  private long end;
  private int headLength;
  private long corrupt;

  /**
   * A ring.
   *
   * @param consumer page of the consumer's position, writable
   * @param producer page of the producer's position
   * @param data the data, twice; little-endian
   * @param size bytes of the data, a power of two
   */
  BpfRing(ByteBuffer consumer, ByteBuffer producer, ByteBuffer data, int size) {
    if (Integer.bitCount(size) != 1 || data.capacity() < 2L * size) {
      throw new IllegalArgumentException("ring of " + size + " bytes in " + data.capacity());
    }
    this.consumer = consumer;
    this.producer = producer;
    this.data = data;
    this.size = size;
    this.mask = size - 1;
    this.position = (long) LONG.getAcquire(consumer, 0);
    this.released = position;
    this.end = position;
  }

  @Override
  long refresh() {
    end = (long) LONG.getAcquire(producer, 0);
    return end - position;
  }

  @Override
  long head() {
    while (position < end) {
      int at = (int) position & mask;
      int header = (int) INT.getAcquire(data, at);
      if ((header & BUSY) != 0) {
        return NONE;
      }
      int length = header & ~DISCARD;
      if (length > size - HEADER || position + HEADER + length > end) {
        corrupt++;
        position = end;
        return NONE;
      }
      if (header == length && length >= EventView.HEADER_SIZE) {
        headLength = length;
        return data.getLong(at + HEADER);
      }
      if (header == length) {
        corrupt++;
      }
      position += advance(length);
    }
    return NONE;
  }

  @Override
  int headOffset() {
    return ((int) position & mask) + HEADER;
  }

  @Override
  int headLength() {
    return headLength;
  }

  @Override
  void next() {
    position += advance(headLength);
  }

  @Override
  ByteBuffer data() {
    return data;
  }

  @Override
  long unreleased() {
    return position - released;
  }

  @Override
  void release() {
    if (position != released) {
      LONG.setRelease(consumer, 0, position);
      released = position;
    }
  }

  @Override
  boolean isPending() {
    return (long) LONG.getAcquire(producer, 0) != position;
  }

  @Override
  int size() {
    return size;
  }

  @Override
  long corrupt() {
    return corrupt;
  }

  private static long advance(int length) {
    return (length + HEADER + 7L) & ~7L;
  }
}
