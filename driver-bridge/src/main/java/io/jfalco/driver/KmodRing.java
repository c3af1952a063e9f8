package io.jfalco.driver;

import io.jfalco.event.EventView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reading end of one ring of Falco's kernel module: one CPU writes it.
 *
 * <pre>
 *  info page
 *  0        4        8        16              24                  104     112           120
 *  +--------+--------+--------+---------------+-------------------+-------+-------------+----------+
 *  |head u32|tail u32| n_evts | n_drops_buffer| ten kinds of drops| n_pf  |n_preemptions|n_switches|
 *  |(kernel)| (we)   | u64    | u64           | u64 each          | u64   | u64         | u64      |
 *  +--------+--------+--------+---------------+-------------------+-------+-------------+----------+
 *
 *  data, size bytes, mapped twice in a row: records without padding, each with its length inside
 * </pre>
 *
 * Head and tail are offsets into the data, below size; equal means empty.
 */
final class KmodRing extends Ring {
  /** Kinds of drops for a full ring: the first reasons of {@link DropReason}, in its order. */
  static final int BUFFER_KINDS = 10;

  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int AT_TAIL = 4;
  private static final int AT_EVENTS = 8;
  private static final int AT_DROPS_BUFFER = 16;
  private static final int AT_DROPS_BY_KIND = 24;
  private static final int AT_PAGE_FAULTS = 104;
  private static final int AT_PREEMPTIONS = 112;
  private static final int AT_LENGTH = 16;

  private final ByteBuffer info;
  private final ByteBuffer data;
  private final int size;
  private int position;
  private int available;
  private int consumed;
  private int headLength;
  private long corrupt;

  /**
   * A ring.
   *
   * @param info the page of the ring's state, writable
   * @param data the data, twice; little-endian
   * @param size bytes of the data, a power of two
   */
  KmodRing(ByteBuffer info, ByteBuffer data, int size) {
    if (Integer.bitCount(size) != 1 || data.capacity() < 2L * size) {
      throw new IllegalArgumentException("ring of " + size + " bytes in " + data.capacity());
    }
    this.info = info;
    this.data = data;
    this.size = size;
    this.position = (int) INT.getAcquire(info, AT_TAIL) & size - 1;
  }

  @Override
  long refresh() {
    available = (int) INT.getAcquire(info, 0) - position & size - 1;
    return available;
  }

  @Override
  long head() {
    if (available == 0) {
      return NONE;
    }
    int length = available < EventView.HEADER_SIZE ? 0 : data.getInt(position + AT_LENGTH);
    if (length < EventView.HEADER_SIZE || length > available) {
      corrupt++;
      advance(available); // where the next record begins is not known
      return NONE;
    }
    headLength = length;
    return data.getLong(position);
  }

  @Override
  int headOffset() {
    return position;
  }

  @Override
  int headLength() {
    return headLength;
  }

  @Override
  void next() {
    advance(headLength);
  }

  private void advance(int bytes) {
    position = position + bytes & size - 1;
    available -= bytes;
    consumed += bytes;
  }

  @Override
  ByteBuffer data() {
    return data;
  }

  @Override
  long unreleased() {
    return consumed;
  }

  @Override
  void release() {
    if (consumed != 0) {
      INT.setRelease(info, AT_TAIL, position);
      consumed = 0;
    }
  }

  @Override
  boolean isPending() {
    return (int) INT.getAcquire(info, 0) != position;
  }

  @Override
  int size() {
    return size;
  }

  @Override
  long corrupt() {
    return corrupt;
  }

  /** Events that the module met on this CPU, dropped ones included. */
  long events() {
    return counter(AT_EVENTS);
  }

  /** Events lost because this ring was full, of all kinds. */
  long dropsBuffer() {
    return counter(AT_DROPS_BUFFER);
  }

  /** Events of a kind lost because this ring was full. */
  long dropsBuffer(int kind) {
    return counter(AT_DROPS_BY_KIND + 8 * kind);
  }

  /** Events lost because user memory could not be read. */
  long dropsPageFaults() {
    return counter(AT_PAGE_FAULTS);
  }

  /** Events lost because they came in the middle of another one. */
  long preemptions() {
    return counter(AT_PREEMPTIONS);
  }

  private long counter(int at) {
    return (long) LONG.getOpaque(info, at);
  }
}
