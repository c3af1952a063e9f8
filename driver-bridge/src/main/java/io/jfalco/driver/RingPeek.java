package io.jfalco.driver;

import io.jfalco.event.EventView;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at what waits in rings, without taking it out. To be used before the first record is taken;
 * the rings are own ones over the same memory.
 */
final class RingPeek {
  /** Longer than a program takes from its time stamp to its record. */
  private static final long SETTLING_NANOS = 1_000_000;

  /** A record that is still written is waited for so often. */
  private static final int TRIES = 50;

  private final BpfRing[] rings;
  private final EventView view = new EventView();

  RingPeek(BpfRing[] rings) {
    this.rings = rings.clone();
  }

  /** Shows everything that was begun before the call, each record once. */
  void read(EventHandler handler) {
    LockSupport.parkNanos(SETTLING_NANOS);
    for (BpfRing ring : rings) {
      ring.refresh();
    }
    for (BpfRing ring : rings) {
      for (int tries = 0; tries < TRIES && ring.isUnread(); tries++) {
        if (tries > 0) {
          LockSupport.parkNanos(SETTLING_NANOS / 10);
        }
        read(ring, handler);
      }
    }
  }

  private void read(BpfRing ring, EventHandler handler) {
    while (ring.head() != Ring.NONE) {
      int offset = ring.headOffset();
      if (view.wrap(ring.data(), offset, ring.headLength()) == EventView.Check.OK) {
        handler.onEvent(view);
      }
      ring.next();
    }
  }
}
