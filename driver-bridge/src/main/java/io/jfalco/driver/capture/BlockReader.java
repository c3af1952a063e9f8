package io.jfalco.driver.capture;

import io.jfalco.event.Bytes;
import java.io.IOException;

/** Reads the body of one block piece by piece, never beyond its end. */
final class BlockReader {
  private static final String TOO_SHORT = "a block ends inside an entry";

  private static final int STEP = 1 << 16;

  private final CaptureBytes bytes;
  private long remaining;

  BlockReader(CaptureBytes bytes) {
    this.bytes = bytes;
  }

  /** Starts with a body of so many bytes at the current position. */
  void begin(long size) {
    remaining = size;
  }

  /** Bytes of the body that were not read yet. */
  long remaining() {
    return remaining;
  }

  int u8() throws IOException, DamageException {
    int at = take(1);
    return bytes.buffer().get(at) & 0xff;
  }

  int u16() throws IOException, DamageException {
    int at = take(2);
    return bytes.buffer().getShort(at) & 0xffff;
  }

  long u32() throws IOException, DamageException {
    int at = take(4);
    return bytes.buffer().getInt(at) & 0xffffffffL;
  }

  long s64() throws IOException, DamageException {
    int at = take(8);
    return bytes.buffer().getLong(at);
  }

  /** Text or bytes of a known length. */
  void bytes(int size, Bytes out) throws IOException, DamageException {
    int at = take(size);
    out.copyFrom(bytes.buffer(), at, size);
  }

  /** Bytes of a known length. */
  void bytes(int size, byte[] out) throws IOException, DamageException {
    int at = take(size);
    bytes.buffer().get(at, out, 0, size);
  }

  /** Text or bytes behind a 16-bit length. */
  void sized(Bytes out) throws IOException, DamageException {
    bytes(u16(), out);
  }

  void skip(long count) throws IOException, DamageException {
    if (count < 0 || count > remaining) {
      throw new DamageException(TOO_SHORT);
    }
    for (long left = count; left > 0; left -= STEP) {
      int unused = take((int) Math.min(left, STEP));
    }
  }

  /** Skips the rest of the body. */
  void finish() throws IOException, DamageException {
    skip(remaining);
  }

  private int take(int count) throws IOException, DamageException {
    if (count > remaining) {
      throw new DamageException(TOO_SHORT);
    }
    if (!bytes.has(count)) {
      throw new DamageException("the file ends inside a block");
    }
    int at = bytes.position();
    bytes.advance(count);
    remaining -= count;
    return at;
  }
}
