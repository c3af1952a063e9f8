package io.jfalco.state;

import io.jfalco.event.Bytes;

/** Writes the names of sockets: {@code 1.2.3.4:1->5.6.7.8:2} and their like. */
final class SocketNames {
  private static final Bytes UNKNOWN = Bytes.of("<unknown>");

  private SocketNames() {}

  /** The name that fits the type, for sockets found outside of events. */
  static void write(FdInfo fd) {
    switch (fd.type) {
      case IPV4 -> write4(fd);
      case IPV6 -> write6(fd);
      case IPV4_SERVER -> {
        fd.name.clear();
        AddressText.append4(fd.name, fd.addresses, 0);
        port(fd.name, fd.destinationPort());
      }
      case IPV6_SERVER -> {
        fd.name.clear();
        AddressText.append6(fd.name, fd.addresses, 0);
        port(fd.name, fd.destinationPort());
      }
      default -> fd.name.clear();
    }
  }

  /** Both ends of an IPv4 socket, whatever its protocol. */
  static void write4(FdInfo fd) {
    fd.name.clear();
    tuple4(fd.name, fd.addresses, 0, fd.sourcePort(), 4, fd.destinationPort());
  }

  /** Both ends of an IPv6 socket, whatever its protocol. */
  static void write6(FdInfo fd) {
    fd.name.clear();
    tuple6(fd.name, fd);
  }

  /** The name of a connected socket as events give it: depends on what is known of its protocol. */
  static void append(Bytes out, FdInfo fd) {
    L4Proto protocol = fd.keptProtocol();
    boolean ports = protocol == L4Proto.TCP || protocol == L4Proto.UDP;
    boolean bare = protocol == L4Proto.ICMP || protocol == L4Proto.RAW && fd.type == FdType.IPV4;
    if (!ports && !bare) {
      out.append(UNKNOWN);
    } else if (fd.type == FdType.IPV4) {
      if (ports) {
        tuple4(out, fd.addresses, 0, fd.sourcePort(), 4, fd.destinationPort());
      } else {
        pair4(out, fd.addresses, 0, 4);
      }
    } else {
      append6(out, fd, ports);
    }
  }

  private static void append6(Bytes out, FdInfo fd, boolean ports) {
    byte[] addresses = fd.addresses;
    boolean mapped =
        SocketAddresses.isMapped(addresses, 0) && SocketAddresses.isMapped(addresses, 16);
    if (mapped && ports) {
      // Ports are read where an IPv4 socket has them, as Falco does.
      tuple4(
          out,
          addresses,
          12,
          SocketAddresses.port(addresses, 8),
          28,
          SocketAddresses.port(addresses, 10));
    } else if (mapped) {
      pair4(out, addresses, 12, 28);
    } else if (ports) {
      tuple6(out, fd);
    } else {
      AddressText.append6(out, addresses, 0);
      arrow(out);
      AddressText.append6(out, addresses, 16);
    }
  }

  private static void tuple4(
      Bytes out, byte[] addresses, int source, int sourcePort, int destination, int port) {
    AddressText.append4(out, addresses, source);
    port(out, sourcePort);
    arrow(out);
    AddressText.append4(out, addresses, destination);
    port(out, port);
  }

  private static void pair4(Bytes out, byte[] addresses, int source, int destination) {
    AddressText.append4(out, addresses, source);
    arrow(out);
    AddressText.append4(out, addresses, destination);
  }

  private static void tuple6(Bytes out, FdInfo fd) {
    AddressText.append6(out, fd.addresses, 0);
    port(out, fd.sourcePort());
    arrow(out);
    AddressText.append6(out, fd.addresses, 16);
    port(out, fd.destinationPort());
  }

  static void port(Bytes out, int port) {
    out.append(':').appendDecimal(port);
  }

  static void arrow(Bytes out) {
    out.append('-').append('>');
  }
}
