package io.jfalco.state;

/** Bits of a thread's flags: those of table {@code clone_flags} that the state looks at. */
final class CloneFlags {
  static final long FILES = 1;
  static final long NEWPID = 1 << 6;
  static final long PARENT = 1 << 8;
  static final long THREAD = 1 << 13;

  /** The child's event was seen before the caller's. */
  static final long INVERTED = 1 << 16;

  /** The name changed, by exec. */
  static final long NAME_CHANGED = 1 << 17;

  /** The thread has exited. */
  static final long CLOSED = 1 << 18;

  /** The thread has caused events itself. */
  static final long ACTIVE = 1 << 19;

  static final long NEWUSER = 1 << 20;
  static final long PIPE_SOURCE = 1 << 21;
  static final long PIPE_DESTINATION = 1 << 22;
  static final long VFORK = 1 << 27;

  /** The thread is not in the initial pid namespace. */
  static final long CHILD_IN_PIDNS = 1 << 29;

  static final long MAIN_THREAD = 1 << 30;

  private CloneFlags() {}
}
