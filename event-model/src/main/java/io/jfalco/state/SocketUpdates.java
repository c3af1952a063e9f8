package io.jfalco.state;

/** Changes of the addresses that are kept of a socket. */
final class SocketUpdates {
  private SocketUpdates() {}

  /**
   * Sets both ends of an IPv4 socket from packed bytes; false when it has the same ends already,
   * one way or the other. The type must have been set.
   */
  static boolean set4(
      FdInfo fd,
      byte[] source,
      int sourceAt,
      int sourcePort,
      byte[] destination,
      int at,
      int port) {
    byte[] own = fd.writableAddresses();
    int sip = SocketAddresses.int32(source, sourceAt);
    int dip = SocketAddresses.int32(destination, at);
    int ownSip = SocketAddresses.int32(own, 0);
    int ownDip = SocketAddresses.int32(own, 4);
    int ownSport = SocketAddresses.port(own, 8);
    int ownDport = SocketAddresses.port(own, 10);
    boolean same = sip == ownSip && sourcePort == ownSport && dip == ownDip && port == ownDport;
    boolean reverse = dip == ownSip && port == ownSport && sip == ownDip && sourcePort == ownDport;
    if (same || reverse) {
      return false;
    }
    SocketAddresses.int32(own, 0, sip);
    SocketAddresses.int32(own, 4, dip);
    SocketAddresses.port(own, 8, sourcePort);
    SocketAddresses.port(own, 10, port);
    return true;
  }

  /** The same for IPv6; a socket of another type has no "same ends" yet. */
  static boolean set6(
      FdInfo fd,
      byte[] source,
      int sourceAt,
      int sourcePort,
      byte[] destination,
      int at,
      int port) {
    byte[] own = fd.writableAddresses();
    int ownSport = SocketAddresses.port(own, 32);
    int ownDport = SocketAddresses.port(own, 34);
    boolean same =
        SocketAddresses.same(source, sourceAt, own, 0, 16)
            && SocketAddresses.same(destination, at, own, 16, 16)
            && sourcePort == ownSport
            && port == ownDport;
    boolean reverse =
        SocketAddresses.same(destination, at, own, 0, 16)
            && SocketAddresses.same(source, sourceAt, own, 16, 16)
            && port == ownSport
            && sourcePort == ownDport;
    if (fd.type == FdType.IPV6 && (same || reverse)) {
      return false;
    }
    System.arraycopy(source, sourceAt, own, 0, 16);
    System.arraycopy(destination, at, own, 16, 16);
    SocketAddresses.port(own, 32, sourcePort);
    SocketAddresses.port(own, 34, port);
    return !same;
  }

  /** Exchanges the two ends. */
  static void swap(FdInfo fd) {
    byte[] own = fd.writableAddresses();
    if (fd.type == FdType.IPV4) {
      int ip = SocketAddresses.int32(own, 0);
      SocketAddresses.int32(own, 0, SocketAddresses.int32(own, 4));
      SocketAddresses.int32(own, 4, ip);
      swapPorts(own, 8, 10);
    } else {
      for (int at = 0; at < 16; at += 8) {
        long half = SocketAddresses.int64(own, at);
        SocketAddresses.int64(own, at, SocketAddresses.int64(own, 16 + at));
        SocketAddresses.int64(own, 16 + at, half);
      }
      swapPorts(own, 32, 34);
    }
  }

  private static void swapPorts(byte[] own, int source, int destination) {
    int port = SocketAddresses.port(own, source);
    SocketAddresses.port(own, source, SocketAddresses.port(own, destination));
    SocketAddresses.port(own, destination, port);
  }

  /**
   * Decides who is the server of a datagram socket: who has the destination port and not the source
   * port, else who receives first. The ports are read where an IPv4 socket has them.
   */
  static void guessRole(ThreadInfo thread, FdInfo fd, boolean incoming) {
    int destination = SocketAddresses.port(fd.addresses, 10);
    int source = SocketAddresses.port(fd.addresses, 8);
    if (!isBound(thread, destination)) {
      fd.mark(FdInfo.ROLE_CLIENT);
    } else if (!isClientPort(thread, source)) {
      fd.mark(FdInfo.ROLE_SERVER);
    } else {
      fd.mark(incoming ? FdInfo.ROLE_SERVER : FdInfo.ROLE_CLIENT);
    }
  }

  private static boolean isBound(ThreadInfo thread, int port) {
    FdTable table = thread.fds();
    for (int i = 0; i < table.lowEnd(); i++) {
      FdInfo fd = table.get(i);
      if (fd != null
          && (fd.type == FdType.IPV4 || fd.type == FdType.IPV4_SERVER)
          && fd.destinationPort() == port) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClientPort(ThreadInfo thread, int port) {
    FdTable table = thread.fds();
    for (int i = 0; i < table.lowEnd(); i++) {
      FdInfo fd = table.get(i);
      if (fd != null && fd.type == FdType.IPV4 && fd.sourcePort() == port) {
        return true;
      }
    }
    return false;
  }
}
