package io.jfalco.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes, shares and takes back descriptors. A child of fork shares its parent's objects; whoever
 * changes one first takes a copy ({@link #own}).
 */
final class FdStore {
  /** Most descriptors that are kept of one process. */
  static final int MOST_OF_PROCESS = 4096;

  /** A name longer than this is not kept for reuse. */
  private static final int LONG_NAME = 1024;

  private final FreeList<FdInfo> free = new FreeList<>(FdInfo::new);
  private final StateCounters counters;
  private final int limit;

  FdStore(StateCounters counters, int limit) {
    this.counters = counters;
    this.limit = limit;
  }

  /** An empty descriptor, to be filled and then put. */
  FdInfo take() {
    FdInfo fd = free.take();
    fd.reset();
    return fd;
  }

  /**
   * Puts a descriptor that was taken into a table, in the place of what was there.
   *
   * @return the descriptor, or null when the table is full or no descriptor has this number
   */
  FdInfo put(FdTable table, long number, FdInfo fd) {
    if (table == FdTable.UNKNOWN || number != (int) number) {
      recycle(fd);
      return null;
    }
    boolean isNew = table.get(number) == null;
    if (isNew && (table.size() >= MOST_OF_PROCESS || free.used() > limit)) {
      counters.droppedFds++;
      recycle(fd);
      return null;
    }
    fd.number = (int) number;
    fd.references++;
    FdInfo before = table.put(number, fd);
    if (before == null) {
      counters.addedFds++;
    } else {
      release(before);
    }
    return fd;
  }

  /** Takes a descriptor out of a table. */
  void remove(FdTable table, long number) {
    FdInfo fd = table.remove(number);
    if (fd != null) {
      counters.removedFds++;
      release(fd);
    }
  }

  /** The descriptor to be changed: a copy in its place when other tables share it. */
  FdInfo own(FdTable table, FdInfo fd) {
    if (fd.references <= 1) {
      return fd;
    }
    FdInfo copy = take();
    copy.copyFrom(fd);
    copy.references = 1;
    table.put(fd.number, copy);
    fd.references--;
    return copy;
  }

  /** Lets another table, which must be empty, share everything. */
  void share(FdTable from, FdTable to) {
    for (int i = 0; i < from.lowEnd(); i++) {
      FdInfo fd = from.get(i);
      if (fd != null) {
        fd.references++;
        to.put(i, fd);
      }
    }
    if (from.high() != null) {
      from.high()
          .forEach(
              fd -> {
                fd.references++;
                to.put(fd.number, fd);
              });
    }
  }

  /** Removes descriptors whose numbers are beyond the array. Allocates; rare. */
  void removeHigh(FdTable table, long first, long last, boolean onlyCloseOnExec) {
    List<FdInfo> chosen = new ArrayList<>();
    table
        .high()
        .forEach(
            fd -> {
              boolean inRange = fd.number >= first && fd.number <= last;
              if (inRange && (!onlyCloseOnExec || fd.isCloseOnExec())) {
                chosen.add(fd);
              }
            });
    for (FdInfo fd : chosen) {
      remove(table, fd.number);
    }
  }

  /** Gives everything of a table back. */
  void clear(FdTable table) {
    for (int i = 0; i < table.lowEnd(); i++) {
      FdInfo fd = table.get(i);
      if (fd != null) {
        release(fd);
      }
    }
    if (table.high() != null) {
      table.high().forEach(this::release);
    }
    counters.removedFds += table.size();
    table.clear();
  }

  /** Descriptors in use. */
  int used() {
    return free.used();
  }

  private void release(FdInfo fd) {
    fd.references--;
    if (fd.references == 0) {
      recycle(fd);
    }
  }

  private void recycle(FdInfo fd) {
    boolean longName = fd.kernelName != null && fd.kernelName.length() > LONG_NAME;
    if (longName || fd.name.length() > LONG_NAME || fd.nameRaw.length() > LONG_NAME) {
      free.forget();
    } else {
      free.give(fd);
    }
  }
}
