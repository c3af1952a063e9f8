package io.jfalco.driver.capture;

import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.state.LongMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The last enter event of each thread, until the exit event takes its parameters. Buffers are used
 * again, so that nothing is allocated once each thread has had its longest event.
 */
final class KeptEvents {
  /** Most bytes that are kept; with more than these everything is forgotten. */
  private static final long LIMIT = 1 << 26;

  /** What an entry costs beside its bytes, about. */
  private static final int OVERHEAD = 128;

  private static final int SMALLEST = 64;

  private final LongMap<Kept> threads = new LongMap<>(256);
  private final EventView view = new EventView();
  private long total;

  private static final class Kept {
    private ByteBuffer bytes = buffer(SMALLEST);
    private int length;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Keeps a copy of an event, in the place of what its thread had before. */
  void keep(EventView event) {
    Kept kept = threads.get(event.tid());
    if (kept == null) {
      kept = new Kept();
      threads.put(event.tid(), kept);
      total += SMALLEST + OVERHEAD;
    }
    int length = event.length();
    if (kept.bytes.capacity() < length) {
      total += length - kept.bytes.capacity();
      kept.bytes = buffer(length);
    }
    kept.bytes.put(0, event.buffer(), event.offset(), length);
    kept.length = length;
    if (total > LIMIT) {
      threads.clear();
      total = 0;
    }
  }

  /**
   * The enter event that belongs to an exit event, valid until the next call; null when none was
   * kept. One of another call, whose exit event is missing, is forgotten.
   */
  EventView enterOf(EventView exit) {
    Kept kept = threads.get(exit.tid());
    if (kept == null || kept.length == 0) {
      return null;
    }
    EventView.Check check = view.wrap(kept.bytes, 0, kept.length);
    if (check != EventView.Check.OK || view.type().ordinal() + 1 != exit.type().ordinal()) {
      kept.length = 0;
      return null;
    }
    return view;
  }

  /** The exit event has taken what it needs. */
  void taken(long tid) {
    Kept kept = threads.get(tid);
    if (kept != null) {
      kept.length = 0;
    }
  }

  /** The thread has ended, if that is what the event tells. */
  void forgetEnded(EventView event) {
    if (event.type() == EventType.PROCEXIT_1_E) {
      Kept kept = threads.remove(event.tid());
      if (kept != null) {
        total -= kept.bytes.capacity() + OVERHEAD;
      }
    }
  }
}
