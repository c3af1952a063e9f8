package io.jfalco.driver;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import java.nio.ByteBuffer;

/** Reads all records of an iterator over threads or descriptors. One thread. */
final class IteratorReader {
  /** The kernel gives 32 KiB at once, at most; a record is not longer. */
  private static final int SIZE = 128 << 10;

  private static final int AT_LENGTH = 16;

  private final NativeBpf bpf;
  private final ByteBuffer buffer = EventView.newBuffer(SIZE);
  private final EventView view = new EventView();
  private final long[] counts = new long[EventType.values().length];

  IteratorReader(NativeBpf bpf) {
    this.bpf = bpf;
  }

  /** Records delivered, by the ordinals of their types. */
  long[] counts() {
    return counts.clone();
  }

  /** Runs a program and delivers all that it writes. */
  void read(String program, EventHandler handler) throws BpfError {
    int fd = bpf.openIterator(program);
    try {
      int filled = 0;
      while (true) {
        int count = bpf.readIterator(fd, buffer, filled);
        if (count == 0) {
          return;
        }
        filled = deliver(filled + count, handler);
      }
    } finally {
      bpf.closeIterator(fd);
    }
  }

  /** Delivers the complete records and moves the rest to the beginning; how much that is. */
  private int deliver(int filled, EventHandler handler) throws BpfError {
    int at = 0;
    while (filled - at >= EventView.HEADER_SIZE) {
      int length = buffer.getInt(at + AT_LENGTH);
      if (length < EventView.HEADER_SIZE || length > SIZE / 2) {
        throw new BpfError("read iterator: a record of " + length + " bytes", Errno.EINVAL);
      }
      if (length > filled - at) {
        break;
      }
      if (view.wrap(buffer, at, length) == EventView.Check.OK) {
        counts[view.type().ordinal()]++;
        handler.onEvent(view);
      }
      at += length;
    }
    for (int i = at; i < filled; i++) {
      buffer.put(i - at, buffer.get(i));
    }
    return filled - at;
  }
}
