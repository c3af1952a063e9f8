package io.jfalco.driver;

/** Requests (ioctl) to a device of Falco's kernel module. */
enum ModuleRequest {
  /** Bytes of data that are kept of reads and writes. */
  SET_SNAPLEN(4),
  /** Keeps more of some data. */
  ENABLE_DYNAMIC_SNAPLEN(9),
  /** Answers the caller's process id in the initial pid namespace. */
  GET_CURRENT_PID(13),
  /** Ports whose data is kept longest: the last in the upper 16 bits, the first in the lower. */
  SET_FULLCAPTURE_PORT_RANGE(22),
  /** The port of statsd. */
  SET_STATSD_PORT(23),
  /** Writes the version of the interface, a u64. */
  GET_API_VERSION(24),
  /** Writes the version of the event table, a u64. */
  GET_SCHEMA_VERSION(25),
  /** Sends a system call, by its number on this machine. */
  ENABLE_SYSCALL(29),
  /** Sends it no more. */
  DISABLE_SYSCALL(30),
  /** Attaches a tracepoint, by its place in {@link ModuleTracepoint}. */
  ENABLE_TP(31),
  /** Detaches it. */
  DISABLE_TP(32),
  /** Leaves out calls that failed. */
  ENABLE_DROPFAILED(33);

  private static final int MAGIC = 's';

  private final int number;

  ModuleRequest(int number) {
    this.number = number;
  }

  /** The request as the kernel encodes it: no size, no direction. */
  int code() {
    return MAGIC << 8 | number;
  }
}
