package io.jfalco.driver.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A position in the bytes of a capture, with as many bytes behind it in one little-endian direct
 * buffer as were asked for. Owned by the polling thread.
 */
interface CaptureBytes extends Closeable {
  /** The buffer that holds the bytes at the position. May change with {@link #has}. */
  ByteBuffer buffer();

  /** Index in {@link #buffer} of the current byte. May change with {@link #has}. */
  int position();

  /** Makes sure that so many bytes are in the buffer; false when the capture ends before. */
  boolean has(int count) throws IOException;

  /** Bytes in the buffer from the position on. */
  int available();

  /** Moves on by bytes that {@link #has} found. */
  void advance(int count);

  /** Bytes of the (decompressed) capture before the position. */
  long offset();
}
