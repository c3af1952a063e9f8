package io.jfalco.state;

/**
 * Descriptors that children in pid namespaces inherit. Their ids are only told by their own event;
 * when their maker's comes first, it may have closed some of what they inherited before theirs is
 * seen. Holds the newest few.
 */
final class ForkedTables {
  private static final int SLOTS = 64;

  private final FdStore fds;
  private final long[] makers = new long[SLOTS];
  private final long[] children = new long[SLOTS];
  private final FdTable[] tables = new FdTable[SLOTS];
  private int next;

  ForkedTables(FdStore fds) {
    this.fds = fds;
  }

  /** Keeps what a child inherits, by its id in the namespace of its maker. */
  void keep(long maker, long child, FdTable inherited) {
    int at = next++ & SLOTS - 1;
    if (tables[at] != null) {
      fds.releaseTable(tables[at]);
    }
    FdTable copy = fds.takeTable();
    fds.share(inherited, copy);
    makers[at] = maker;
    children[at] = child;
    tables[at] = copy;
  }

  /** What was kept of a child, which now belongs to the caller, or null. */
  FdTable take(long maker, long child) {
    for (int i = 0; i < SLOTS; i++) {
      FdTable table = tables[i];
      if (table != null && makers[i] == maker && children[i] == child) {
        tables[i] = null;
        return table;
      }
    }
    return null;
  }

  /** Forgets everything. */
  void clear() {
    for (int i = 0; i < SLOTS; i++) {
      if (tables[i] != null) {
        fds.releaseTable(tables[i]);
        tables[i] = null;
      }
    }
  }
}
