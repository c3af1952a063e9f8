package io.jfalco.state;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Open descriptors of one process, by number: an array for small numbers, which nearly all are, a
 * map for others. Owned by the event-loop thread.
 */
public final class FdTable {
  private static final FdInfo[] NONE = new FdInfo[0];

  /** Stands for the table of a process of which nothing is known: stays empty. */
  static final FdTable UNKNOWN = new FdTable();

  private static final int FIRST_LOW = 16;
  private static final int MOST_LOW = 4096;
  private static final int LARGE = 256;
  private static final int MAP_ENTRY = Long.BYTES + Integer.BYTES;

  private FdInfo[] low = NONE;
  private LongMap<FdInfo> high;

  /** All numbers in the array are below this. */
  private int lowEnd;

  private int size;

  /** Threads that use this table: more than one after clone with CLONE_FILES. */
  int owners;

  FdTable() {}

  /** The descriptor, or null when it is not known. Allocates nothing. */
  public FdInfo get(long number) {
    if (number >= 0 && number < low.length) {
      return low[(int) number];
    }
    return high == null ? null : high.get(number);
  }

  /** Number of open descriptors. */
  public int size() {
    return size;
  }

  /** Visits all descriptors; the table must not change meanwhile. */
  public void forEach(Consumer<FdInfo> visitor) {
    for (int i = 0; i < lowEnd; i++) {
      if (low[i] != null) {
        visitor.accept(low[i]);
      }
    }
    if (high != null) {
      high.forEach(visitor);
    }
  }

  /** One above the highest number of the array; {@link #get} tells what each holds. */
  int lowEnd() {
    return lowEnd;
  }

  /** Descriptors with higher numbers, or null when there were never any. */
  LongMap<FdInfo> high() {
    return high;
  }

  /** Puts a descriptor at a number and gives back the one that was there, or null. */
  FdInfo put(long number, FdInfo fd) {
    FdInfo before;
    if (number >= 0 && number < MOST_LOW) {
      int index = (int) number;
      if (index >= low.length) {
        int wanted = Integer.highestOneBit(Math.max(FIRST_LOW, index + 1) * 2 - 1);
        low = Arrays.copyOf(low, wanted);
      }
      before = low[index];
      low[index] = fd;
      lowEnd = Math.max(lowEnd, index + 1);
    } else {
      if (high == null) {
        high = new LongMap<>(8);
      }
      before = high.get(number);
      high.put(number, fd);
    }
    if (before == null) {
      size++;
    }
    return before;
  }

  FdInfo remove(long number) {
    FdInfo before;
    if (number >= 0 && number < low.length) {
      before = low[(int) number];
      low[(int) number] = null;
      while (lowEnd > 0 && low[lowEnd - 1] == null) {
        lowEnd--;
      }
    } else {
      before = high == null ? null : high.remove(number);
    }
    if (before != null) {
      size--;
    }
    return before;
  }

  /** Estimated memory in bytes. */
  int weight() {
    return low.length * Integer.BYTES + (high == null ? 0 : high.capacity() * MAP_ENTRY);
  }

  /** Gives arrays up that are larger than most processes need; the table must be empty. */
  void trim() {
    if (low.length > LARGE) {
      low = NONE;
    }
    high = null;
  }

  /** Forgets all descriptors, which the caller has taken care of. */
  void clear() {
    Arrays.fill(low, 0, lowEnd, null);
    lowEnd = 0;
    size = 0;
    if (high != null && high.size() > 0) {
      high.clear();
    }
  }
}
