package io.jfalco.driver.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream of bytes. */
interface Feed extends Closeable {
  /**
   * Puts at least one byte into the free room of the buffer.
   *
   * @return number of bytes, or -1 at the end
   * @throws IOException when the file cannot be read or its compression is damaged; what came
   *     before the damage was delivered by earlier calls
   */
  int read(ByteBuffer into) throws IOException;
}
