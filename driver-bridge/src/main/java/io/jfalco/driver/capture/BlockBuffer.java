package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;

/** One block of a capture while it is made: grows with what is appended. */
final class BlockBuffer {
  private static final int LENGTH_AT = 4;

  private ByteBuffer bytes = EventView.newBuffer(1 << 12);
  private int entryAt;

  /** Starts a block of a type, in the place of the one before. */
  BlockBuffer begin(int type) {
    bytes.clear();
    return u32(type).u32(0);
  }

  /** Ends the block: padding, and its length before and behind it. */
  ByteBuffer end() {
    while (bytes.position() % 4 != 0) {
      u8(0);
    }
    int total = bytes.position() + 4;
    u32(total);
    bytes.putInt(LENGTH_AT, total);
    bytes.flip();
    return bytes;
  }

  /** Bytes so far. */
  int size() {
    return bytes.position();
  }

  /** Starts an entry that begins with its own length. */
  BlockBuffer beginEntry() {
    entryAt = bytes.position();
    return u32(0);
  }

  /** Ends the entry; its length counts the length itself if it is that of the whole entry. */
  void endEntry(boolean whole) {
    int size = bytes.position() - entryAt;
    bytes.putInt(entryAt, whole ? size : size - 4);
  }

  BlockBuffer u8(long value) {
    room(1);
    bytes.put((byte) value);
    return this;
  }

  BlockBuffer u16(long value) {
    room(2);
    bytes.putShort((short) value);
    return this;
  }

  BlockBuffer u32(long value) {
    room(4);
    bytes.putInt((int) value);
    return this;
  }

  BlockBuffer s64(long value) {
    room(8);
    bytes.putLong(value);
    return this;
  }

  BlockBuffer raw(byte[] value, int at, int size) {
    room(size);
    bytes.put(value, at, size);
    return this;
  }

  /** Text behind its length, cut at so many bytes. */
  BlockBuffer text(Bytes value, int most) {
    int size = Math.min(value.length(), most);
    return u16(size).raw(value.array(), value.offset(), size);
  }

  /**
   * Strings that each end with a NUL byte, as many as fit whole; the first one at least in part.
   */
  BlockBuffer texts(Bytes value, int most) {
    int size = Math.min(value.length(), most);
    if (size < value.length()) {
      int end = size;
      while (end > 0 && value.at(end - 1) != 0) {
        end--;
      }
      size = end > 0 ? end : size;
    }
    return u16(size).raw(value.array(), value.offset(), size);
  }

  private void room(int size) {
    if (bytes.remaining() < size) {
      int wanted = Math.max(bytes.capacity() * 2, bytes.position() + size);
      bytes.flip();
      bytes = EventView.newBuffer(wanted).put(bytes);
    }
  }
}
