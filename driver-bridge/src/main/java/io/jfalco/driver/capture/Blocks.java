package io.jfalco.driver.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks over the blocks of a capture, and checks that the two lengths of each are the same.
 *
 * <pre>
 *  0         4          8
 *  +---------+----------+------+---------+----------+
 *  | type u32| total u32| body | padding | total u32|
 *  +---------+----------+------+---------+----------+
 * </pre>
 */
final class Blocks implements Closeable {
  /** Bytes before the body. */
  static final int HEADER = 8;

  /** Bytes behind the body. */
  static final int TRAILER = 4;

  private final CaptureBytes bytes;
  private final BlockReader body;
  private long start;

  Blocks(CaptureBytes bytes) {
    this.bytes = bytes;
    this.body = new BlockReader(bytes);
  }

  /** Reads the body of a block that {@link #begin} has begun. */
  BlockReader body() {
    return body;
  }

  /** Bytes of the capture before the block at hand. */
  long start() {
    return start;
  }

  /** The buffer of the block that was taken. */
  ByteBuffer buffer() {
    return bytes.buffer();
  }

  /** Comes to the next block; false at the end of the capture. */
  boolean next() throws IOException, DamageException {
    start = bytes.offset();
    if (bytes.has(HEADER)) {
      return true;
    }
    if (bytes.available() > 0) {
      throw new DamageException("the file ends inside the header of a block");
    }
    return false;
  }

  /** Type of the block that {@link #next} came to. */
  int type() {
    return bytes.buffer().getInt(bytes.position());
  }

  /** Length of the whole block that {@link #next} came to. */
  long total() {
    return bytes.buffer().getInt(bytes.position() + 4) & 0xffffffffL;
  }

  /** Steps over the header of the block, so that its body can be read; returns its length. */
  long begin() throws DamageException {
    long total = total();
    if (total < HEADER + TRAILER) {
      throw new DamageException("the length of a block is " + total);
    }
    bytes.advance(HEADER);
    body.begin(total - HEADER - TRAILER);
    return total;
  }

  /** Steps over the length that stands behind the block again; the body must have been read. */
  void end(long total) throws IOException, DamageException {
    if (!bytes.has(TRAILER)) {
      throw new DamageException("the file ends inside a block");
    }
    checkTrailer(total, bytes.buffer().getInt(bytes.position()));
    bytes.advance(TRAILER);
  }

  /** Steps over the block. */
  void skip() throws IOException, DamageException {
    long total = begin();
    body.finish();
    end(total);
  }

  /** Steps over a whole event and returns where it begins in {@link #buffer}. */
  int take(int total) throws IOException, DamageException {
    if (!bytes.has(total)) {
      throw new DamageException("the file ends inside an event");
    }
    int at = bytes.position();
    checkTrailer(total, bytes.buffer().getInt(at + total - TRAILER));
    bytes.advance(total);
    return at;
  }

  private static void checkTrailer(long total, int again) throws DamageException {
    if (again != (int) total) {
      throw new DamageException(
          "the length of a block is "
              + total
              + " before it and "
              + (again & 0xffffffffL)
              + " behind it");
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
