package io.jfalco.event;

/**
 * Type of an event parameter. The ordinal is the number used on the wire and in Falco's schema
 * (0..48); constants are only ever appended.
 */
public enum ParamType {
  NONE(0),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  CHARBUF(-1),
  BYTEBUF(-1),
  ERRNO(8),
  SOCKADDR(-1),
  SOCKTUPLE(-1),
  FD(8),
  PID(8),
  FDLIST(-1),
  FSPATH(-1),
  SYSCALLID(2),
  SIGTYPE(1),
  RELTIME(8),
  ABSTIME(8),
  PORT(2),
  L4PROTO(1),
  SOCKFAMILY(1),
  BOOL(4),
  IPV4ADDR(4),
  DYN(-1),
  FLAGS8(1),
  FLAGS16(2),
  FLAGS32(4),
  UID(4),
  GID(4),
  DOUBLE(8),
  SIGSET(4),
  CHARBUFARRAY(-1),
  CHARBUF_PAIR_ARRAY(-1),
  IPV4NET(-1),
  IPV6ADDR(16),
  IPV6NET(-1),
  IPADDR(-1),
  IPNET(-1),
  MODE(4),
  FSRELPATH(-1),
  ENUMFLAGS8(1),
  ENUMFLAGS16(2),
  ENUMFLAGS32(4),
  FD32(4),
  PID32(4);

  private final int size;

  ParamType(int size) {
    this.size = size;
  }

  /** Name in listings. */
  public String label() {
    return this == DYN ? "DYNAMIC" : name();
  }

  /** Size of a value in bytes, or -1 when it varies. A missing value always has length 0. */
  public int size() {
    return size;
  }

  /** True for the text types, whose values end with a NUL byte. */
  public boolean isText() {
    return this == CHARBUF || this == FSPATH || this == FSRELPATH;
  }

  /** True for enumerations: a value has exactly one name. */
  public boolean isEnumFlags() {
    return this == ENUMFLAGS8 || this == ENUMFLAGS16 || this == ENUMFLAGS32;
  }

  /** True for signed integers. */
  public boolean isSigned() {
    return switch (this) {
      case INT8, INT16, INT32, INT64, ERRNO, FD, PID, FD32, PID32 -> true;
      default -> false;
    };
  }
}
