package io.jfalco.driver;

import java.nio.ByteBuffer;

/**
 * The reading end of a ring that the kernel fills. Each kind knows its layout and nothing else
 * does. What lies behind a position that was given back may be overwritten from then on. One
 * thread.
 */
abstract class Ring {
  /** Answer of {@link #head}: no committed record is there. */
  static final long NONE = Long.MAX_VALUE;

  /** Looks how far the kernel is; returns the bytes that wait. Records behind it stay unseen. */
  abstract long refresh();

  /**
   * Timestamp of the oldest record, or {@link #NONE} when there is none up to the last {@link
   * #refresh} or the kernel still writes it. Skips what was discarded.
   */
  abstract long head();

  /** Where the record that {@link #head} found starts in {@link #data}. */
  abstract int headOffset();

  /** Length of the record that {@link #head} found. */
  abstract int headLength();

  /** Goes behind the record that {@link #head} found, without giving it back yet. */
  abstract void next();

  /** The data. */
  abstract ByteBuffer data();

  /** Bytes read but not given back. */
  abstract long unreleased();

  /** Gives everything read so far back to the kernel. */
  abstract void release();

  /** True when the kernel still writes the oldest record, or wrote more since the last refresh. */
  abstract boolean isPending();

  /** Size in bytes. */
  abstract int size();

  /** Records whose length in the ring's own header is impossible. */
  abstract long corrupt();
}
