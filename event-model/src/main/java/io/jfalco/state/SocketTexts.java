package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventView;

/** Reads and writes the packed addresses that events carry. */
final class SocketTexts {
  static final int UNIX = 1;
  static final int INET = 2;
  static final int INET6 = 10;

  /** Layout of a tuple: family u8, then source and destination. */
  static final int SOURCE_4 = 1;

  static final int SOURCE_PORT_4 = 5;
  static final int DESTINATION_4 = 7;
  static final int DESTINATION_PORT_4 = 11;
  static final int SOURCE_6 = 1;
  static final int SOURCE_PORT_6 = 17;
  static final int DESTINATION_6 = 19;
  static final int DESTINATION_PORT_6 = 35;
  static final int UNIX_SOURCE = 1;
  static final int UNIX_DESTINATION = 9;
  static final int UNIX_PATH = 17;

  private static final Bytes NULL = Bytes.of("NULL");

  private SocketTexts() {}

  /** Copies a tuple parameter; false when it is missing or too short for its family. */
  static boolean readTuple(EventView event, int param, Bytes into) {
    return event.bytes(param, into) && isTuple(into);
  }

  /** Copies an address parameter; false when it is missing or too short for its family. */
  static boolean readAddress(EventView event, int param, Bytes into) {
    return event.bytes(param, into) && isAddress(into);
  }

  static boolean isTuple(Bytes tuple) {
    int length = tuple.length();
    if (length == 0) {
      return false;
    }
    return switch (tuple.at(0)) {
      case INET -> length >= 13;
      case INET6 -> length >= 37;
      case UNIX -> length >= 18 && tuple.at(length - 1) == 0;
      default -> true;
    };
  }

  static boolean isAddress(Bytes address) {
    int length = address.length();
    if (length == 0) {
      return false;
    }
    return switch (address.at(0)) {
      case INET -> length >= 7;
      case INET6 -> length >= 19;
      case UNIX -> length >= 2 && address.at(length - 1) == 0;
      default -> true;
    };
  }

  /** Writes a tuple parameter as text. */
  static void tuple(EventView event, int param, Bytes scratch, Bytes out) {
    out.clear();
    if (!event.bytes(param, scratch)) {
      out.copyFrom(NULL);
    } else if (isTuple(scratch)) {
      appendTuple(out, scratch);
    }
  }

  /** Appends a valid tuple as text. */
  static void appendTuple(Bytes out, Bytes tuple) {
    byte[] packed = tuple.array();
    switch (tuple.at(0)) {
      case INET -> {
        AddressText.append4(out, packed, SOURCE_4);
        SocketNames.port(out, SocketAddresses.port(packed, SOURCE_PORT_4));
        SocketNames.arrow(out);
        AddressText.append4(out, packed, DESTINATION_4);
        SocketNames.port(out, SocketAddresses.port(packed, DESTINATION_PORT_4));
      }
      case INET6 -> appendTuple6(out, packed);
      case UNIX -> appendUnix(out, tuple, tuple, UNIX_PATH);
      default -> out.appendAscii("family ").appendDecimal(tuple.at(0) & 0xff);
    }
  }

  private static void appendTuple6(Bytes out, byte[] packed) {
    boolean mapped =
        SocketAddresses.isMapped(packed, SOURCE_6)
            && SocketAddresses.isMapped(packed, DESTINATION_6);
    if (mapped) {
      AddressText.append4(out, packed, SOURCE_6 + 12);
    } else {
      AddressText.append6(out, packed, SOURCE_6);
    }
    SocketNames.port(out, SocketAddresses.port(packed, SOURCE_PORT_6));
    SocketNames.arrow(out);
    if (mapped) {
      AddressText.append4(out, packed, DESTINATION_6 + 12);
    } else {
      AddressText.append6(out, packed, DESTINATION_6);
    }
    SocketNames.port(out, SocketAddresses.port(packed, DESTINATION_PORT_6));
  }

  /** Appends the two kernel addresses of a tuple, and a path that starts at an index. */
  static void appendUnix(Bytes out, Bytes tuple, Bytes path, int pathAt) {
    byte[] packed = tuple.array();
    AddressText.appendHex(out, SocketAddresses.int64(packed, UNIX_SOURCE));
    SocketNames.arrow(out);
    AddressText.appendHex(out, SocketAddresses.int64(packed, UNIX_DESTINATION));
    out.append(' ');
    appendPath(out, path, pathAt);
  }

  /** Appends a path up to its NUL byte, what may not be shown replaced. */
  static void appendPath(Bytes out, Bytes packed, int at) {
    int end = packed.indexOf(0, at);
    Utf8.append(out, packed.array(), at, end < 0 ? packed.length() : end);
  }

  /** Appends a valid address as text. */
  static void appendAddress(Bytes out, Bytes address) {
    byte[] packed = address.array();
    switch (address.at(0)) {
      case INET -> {
        AddressText.append4(out, packed, 1);
        SocketNames.port(out, SocketAddresses.port(packed, 5));
      }
      case INET6 -> {
        AddressText.append6(out, packed, 1);
        SocketNames.port(out, SocketAddresses.port(packed, 17));
      }
      case UNIX -> appendPath(out, address, 1);
      default -> out.appendAscii("family ").appendDecimal(address.at(0) & 0xff);
    }
  }
}
