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
  private static final int LONG_NAME = 256;

  private static final int MOST_FREE = 8192;

  private final FreeList<FdInfo> free = new FreeList<>(FdInfo::new, MOST_FREE);
  private final FreeList<FdTable> tables = new FreeList<>(FdTable::new, MOST_FREE);
  private final StateCounters counters;
  private final StateBudget budget;

  FdStore(StateCounters counters, StateBudget budget) {
    this.counters = counters;
    this.budget = budget;
  }

  /** An empty table for one owner. */
  FdTable takeTable() {
    FdTable table = tables.take();
    table.owners = 1;
    budget.add(table.weight());
    return table;
  }

  /** One owner less; the last gives the table and all descriptors back. */
  void releaseTable(FdTable table) {
    if (--table.owners == 0) {
      clear(table);
      budget.add(-table.weight());
      table.trim();
      tables.give(table);
    }
  }

  /** From now on, the thread uses another's table. */
  void join(ThreadInfo thread, FdTable table) {
    table.owners++;
    releaseTable(thread.fds);
    thread.fds = table;
  }

  /** From now on, the thread uses a copy of this table for itself. */
  void part(ThreadInfo thread, FdTable from) {
    FdTable copy = takeTable();
    share(from, copy);
    releaseTable(thread.fds);
    thread.fds = copy;
  }

  /**
   * The thread shares no descriptors any more. What its main thread does so is not told apart from
   * what all threads of the process do.
   */
  void unshare(ThreadInfo thread) {
    if (thread.isMain() || thread.ownsFiles) {
      if (thread.fds.owners > 1) {
        part(thread, thread.fds);
      }
    } else if (thread.main != null) {
      thread.ownsFiles = true;
      part(thread, thread.main.fds);
    }
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
    if (isNew && (table.size() >= MOST_OF_PROCESS || budget.isFull())) {
      counters.droppedFds++;
      recycle(fd);
      return null;
    }
    fd.number = (int) number;
    fd.references++;
    charge(fd);
    FdInfo before = place(table, number, fd);
    if (before == null) {
      counters.addedFds++;
    } else {
      release(before);
    }
    return fd;
  }

  private FdInfo place(FdTable table, long number, FdInfo fd) {
    int weight = table.weight();
    FdInfo before = table.put(number, fd);
    budget.add(table.weight() - weight);
    return before;
  }

  private void charge(FdInfo fd) {
    int weight = fd.estimate();
    budget.add(weight - fd.weight);
    fd.weight = weight;
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
    charge(copy);
    place(table, fd.number, copy);
    fd.references--;
    return copy;
  }

  /** Lets another table, which must be empty, share everything. */
  void share(FdTable from, FdTable to) {
    counters.addedFds += from.size();
    for (int i = 0; i < from.lowEnd(); i++) {
      FdInfo fd = from.get(i);
      if (fd != null) {
        fd.references++;
        place(to, i, fd);
      }
    }
    if (from.high() != null) {
      from.high()
          .forEach(
              fd -> {
                fd.references++;
                place(to, fd.number, fd);
              });
    }
  }

  /** Lets another table share what it lacks, unless exec would close it. Allocates; rare. */
  void shareLate(FdTable from, FdTable to) {
    from.forEach(
        fd -> {
          if (!fd.isCloseOnExec() && to.get(fd.number) == null) {
            fd.references++;
            place(to, fd.number, fd);
            counters.addedFds++;
          }
        });
  }

  /** Marks descriptors whose numbers are beyond the array as close-on-exec. Allocates; rare. */
  void markHigh(FdTable table, long first, long last) {
    List<FdInfo> chosen = new ArrayList<>();
    table
        .high()
        .forEach(
            fd -> {
              if (fd.number >= first && fd.number <= last) {
                chosen.add(fd);
              }
            });
    for (FdInfo fd : chosen) {
      own(table, fd).openFlags |= FileFlags.CLOSE_ON_EXEC;
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
    budget.add(-fd.weight);
    fd.weight = 0;
    if (fd.longestCapacity() > LONG_NAME) {
      free.forget();
    } else {
      free.give(fd);
    }
  }
}
