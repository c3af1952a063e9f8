package io.jfalco.condition.compile;

import io.jfalco.event.ParamType;

/** How values of a type are held and compared. */
enum Kind {
  TEXT,
  BUFFER,
  SIGNED,
  UNSIGNED,
  BOOL,
  DOUBLE,
  ADDRESS,
  NETWORK,
  /** Nothing but {@code exists} can be asked. */
  OPAQUE;

  static Kind of(ParamType type) {
    return switch (type) {
      case CHARBUF, FSPATH, FSRELPATH -> TEXT;
      case BYTEBUF -> BUFFER;
      case INT8, INT16, INT32, INT64, ERRNO, FD, PID -> SIGNED;
      case UINT8,
          UINT16,
          UINT32,
          UINT64,
          FLAGS8,
          FLAGS16,
          FLAGS32,
          ENUMFLAGS8,
          ENUMFLAGS16,
          ENUMFLAGS32,
          MODE,
          SYSCALLID,
          SIGTYPE,
          RELTIME,
          ABSTIME,
          PORT ->
          UNSIGNED;
      case BOOL -> BOOL;
      case DOUBLE -> DOUBLE;
      case IPADDR, IPV4ADDR, IPV6ADDR -> ADDRESS;
      case IPNET, IPV4NET, IPV6NET -> NETWORK;
      default -> OPAQUE;
    };
  }

  /** True for what {@link io.jfalco.field.Value} holds as {@code long}. */
  boolean isNumber() {
    return this == SIGNED || this == UNSIGNED || this == BOOL || this == DOUBLE;
  }
}
