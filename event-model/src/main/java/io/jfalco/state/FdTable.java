package io.jfalco.state;

/** Open descriptors of one process, by number. Owned by the event-loop thread. */
public final class FdTable {
  private final LongMap<FdInfo> map = new LongMap<>(8);

  FdTable() {}

  /** The descriptor, or null when it is not known. Allocates nothing. */
  public FdInfo get(long number) {
    return map.get(number);
  }

  /** Number of open descriptors. */
  public int size() {
    return map.size();
  }

  void put(FdInfo fd) {
    map.put(fd.number, fd);
  }

  FdInfo remove(long number) {
    return map.remove(number);
  }
}
