package io.jfalco.state;

import java.util.BitSet;

/** Makes descriptors of what was found outside of events. */
final class FdSpecs {
  private FdSpecs() {}

  static void fill(FdInfo fd, FdSpec spec, NetworkInterfaces interfaces) {
    fd.type = spec.type;
    fd.inode = spec.inode;
    switch (spec.type) {
      case IPV4 -> fill4(fd, spec, 0, interfaces);
      case IPV6 -> fill6(fd, spec, interfaces);
      case IPV4_SERVER -> {
        byte[] addresses = fd.writableAddresses();
        System.arraycopy(spec.destinationIp, 0, addresses, 0, 4);
        SocketAddresses.port(addresses, 4, spec.destinationPort);
        addresses[6] = (byte) spec.l4proto.ordinal();
        SocketNames.write(fd);
      }
      case IPV6_SERVER -> {
        byte[] addresses = fd.writableAddresses();
        System.arraycopy(spec.destinationIp, 0, addresses, 0, 16);
        SocketAddresses.port(addresses, 16, spec.destinationPort);
        addresses[18] = (byte) spec.l4proto.ordinal();
        SocketNames.write(fd);
      }
      case UNIX -> {
        byte[] addresses = fd.writableAddresses();
        SocketAddresses.int64(addresses, 0, spec.unixSource);
        SocketAddresses.int64(addresses, 8, spec.unixDestination);
        fd.name.copyFrom(spec.name);
        fd.mark(spec.name.isEmpty() ? FdInfo.ROLE_CLIENT : FdInfo.ROLE_SERVER);
      }
      case FILE_V2 -> {
        fd.name.copyFrom(spec.name);
        fd.openFlags = spec.openFlags;
        fd.device = spec.device;
        fd.mountId = spec.mountId;
      }
      default -> fd.name.copyFrom(spec.name);
    }
    if (spec.closeOnExec) {
      fd.openFlags |= FileFlags.CLOSE_ON_EXEC;
    }
  }

  /**
   * Sockets found outside say which end is local, not who is the client: who has a port on which
   * the machine listens is taken for the server. IPv4 only, as in Falco.
   */
  static void fixRoles(ThreadInfo thread, BitSet serverPorts) {
    thread.fds.forEach(fd -> fixRole(fd, serverPorts));
  }

  /** The same for one. */
  static void fixRole(FdInfo fd, BitSet serverPorts) {
    if (fd.type != FdType.IPV4) {
      return;
    }
    if (!serverPorts.get(fd.sourcePort())) {
      fd.mark(FdInfo.ROLE_CLIENT);
      return;
    }
    SocketUpdates.swap(fd);
    SocketNames.write4(fd);
    fd.mark(FdInfo.ROLE_SERVER);
  }

  private static void fill4(FdInfo fd, FdSpec spec, int at, NetworkInterfaces interfaces) {
    fd.type = FdType.IPV4;
    byte[] addresses = fd.writableAddresses();
    System.arraycopy(spec.sourceIp, at, addresses, 0, 4);
    System.arraycopy(spec.destinationIp, at, addresses, 4, 4);
    SocketAddresses.port(addresses, 8, spec.sourcePort);
    SocketAddresses.port(addresses, 10, spec.destinationPort);
    addresses[12] = (byte) spec.l4proto.ordinal();
    connected(fd, spec);
    interfaces.complete(fd);
    SocketNames.write4(fd);
  }

  private static void fill6(FdInfo fd, FdSpec spec, NetworkInterfaces interfaces) {
    if (SocketAddresses.isMapped(spec.sourceIp, 0)
        && SocketAddresses.isMapped(spec.destinationIp, 0)) {
      fill4(fd, spec, 12, interfaces);
      return;
    }
    byte[] addresses = fd.writableAddresses();
    System.arraycopy(spec.sourceIp, 0, addresses, 0, 16);
    System.arraycopy(spec.destinationIp, 0, addresses, 16, 16);
    SocketAddresses.port(addresses, 32, spec.sourcePort);
    SocketAddresses.port(addresses, 34, spec.destinationPort);
    addresses[36] = (byte) spec.l4proto.ordinal();
    connected(fd, spec);
    SocketNames.write6(fd);
  }

  private static void connected(FdInfo fd, FdSpec spec) {
    if (spec.l4proto == L4Proto.TCP) {
      fd.mark(FdInfo.CONNECTED);
    }
  }
}
