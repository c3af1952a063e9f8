package io.jfalco.state;

/** Bits of open flags: those of table {@code file_flags} that the state looks at. */
final class FileFlags {
  static final long DIRECTORY = 1 << 10;
  static final long CLOSE_ON_EXEC = 1 << 12;

  /** Bits from this one on are set by the kernel side at exit, not by the caller. */
  static final long CREATED = 1 << 14;

  static final long UPPER_LAYER = 1 << 15;
  static final long LOWER_LAYER = 1 << 16;

  /** Close-on-exec among the flags of epoll_create1. */
  static final long EPOLL_CLOSE_ON_EXEC = 1;

  /** Close-on-exec among the flags of memfd_create. */
  static final long MEMFD_CLOSE_ON_EXEC = 1;

  private FileFlags() {}
}
