package io.jfalco.driver.capture;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts what is written. The count may be read by any thread. */
final class CountingStream extends FilterOutputStream {
  private volatile long count;

  CountingStream(OutputStream out) {
    super(out);
  }

  long count() {
    return count;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    add(1);
  }

  @Override
  public void write(byte[] bytes, int at, int size) throws IOException {
    out.write(bytes, at, size);
    add(size);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void add(int size) {
    count += size;
  }
}
