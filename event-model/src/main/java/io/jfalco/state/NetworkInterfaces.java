package io.jfalco.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Addresses of the machine: tells which end of a connection is local, and completes tuples of which
 * only one end is known. Filled at start, read by the event-loop thread.
 */
public final class NetworkInterfaces {
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final int LOOPBACK_4 = 0x0100007f;

  private final List<byte[]> addresses6 = new ArrayList<>();
  private int[] addresses4 = new int[0];
  private int[] masks4 = new int[0];

  NetworkInterfaces() {}

  void add4(byte[] address, byte[] netmask) {
    int at = addresses4.length;
    addresses4 = Arrays.copyOf(addresses4, at + 1);
    masks4 = Arrays.copyOf(masks4, at + 1);
    addresses4[at] = SocketAddresses.int32(address, 0);
    masks4[at] = SocketAddresses.int32(netmask, 0);
  }

  void add6(byte[] address) {
    addresses6.add(Arrays.copyOf(address, 16));
  }

  /** Visits the IPv4 interfaces: address and netmask, 4 bytes each, network order. */
  public void forEach4(BiConsumer<byte[], byte[]> visitor) {
    for (int i = 0; i < addresses4.length; i++) {
      byte[] address = new byte[4];
      byte[] mask = new byte[4];
      SocketAddresses.int32(address, 0, addresses4[i]);
      SocketAddresses.int32(mask, 0, masks4[i]);
      visitor.accept(address, mask);
    }
  }

  /** Visits the addresses of the IPv6 interfaces: 16 bytes. */
  public void forEach6(Consumer<byte[]> visitor) {
    addresses6.forEach(address -> visitor.accept(address.clone()));
  }

  /** Forgets all addresses. */
  public void clear() {
    addresses6.clear();
    addresses4 = new int[0];
    masks4 = new int[0];
  }

  /**
   * True when the client end of a socket is on this machine; then the server end is the remote one,
   * otherwise the other way round. In a container, whose addresses are not known here, false.
   */
  public boolean isClientLocal(ThreadInfo thread, FdInfo fd) {
    if (!thread.container().isHost()) {
      return false;
    }
    return fd.type.isInet6() ? isLocal6(fd.addresses, 0) : isLocal4(fd.addresses, 0);
  }

  /**
   * True when the server end of a socket is on this machine. In a container, whose addresses are
   * not known here, false.
   */
  public boolean isServerLocal(ThreadInfo thread, FdInfo fd) {
    if (!thread.container().isHost()) {
      return false;
    }
    return fd.type.isInet6() ? isLocal6(fd.addresses, 16) : isLocal4(fd.addresses, 4);
  }

  private boolean isLocal4(byte[] ip, int at) {
    int address = SocketAddresses.int32(ip, at);
    for (int own : addresses4) {
      if (own == address) {
        return true;
      }
    }
    return false;
  }

  /** IPv6 addresses are local when their first 64 bits are those of an interface. */
  private boolean isLocal6(byte[] ip, int at) {
    for (int i = 0; i < addresses6.size(); i++) {
      if (SocketAddresses.same(addresses6.get(i), 0, ip, at, 8)) {
        return true;
      }
    }
    return false;
  }

  /** Completes an address pair of which one end is unspecified. */
  void complete(FdInfo fd) {
    if (fd.type == FdType.IPV4) {
      complete4(fd.addresses);
    } else if (fd.type == FdType.IPV6) {
      complete6(fd.addresses);
    }
  }

  private void complete4(byte[] addresses) {
    int source = SocketAddresses.int32(addresses, 0);
    int destination = SocketAddresses.int32(addresses, 4);
    if (source != 0 && destination != 0) {
      return;
    }
    int known = source == 0 ? destination : source;
    int guess = guess4(known);
    boolean samePorts = SocketAddresses.port(addresses, 8) == SocketAddresses.port(addresses, 10);
    if (guess != known || !samePorts) {
      SocketAddresses.int32(addresses, source == 0 ? 0 : 4, guess);
    }
  }

  private int guess4(int known) {
    for (int own : addresses4) {
      if (own == known) {
        return own;
      }
    }
    for (int i = 0; i < addresses4.length; i++) {
      if ((addresses4[i] & masks4[i]) == (known & masks4[i])) {
        return addresses4[i];
      }
    }
    for (int own : addresses4) {
      if (own != LOOPBACK_4) {
        return own;
      }
    }
    return 0;
  }

  private void complete6(byte[] addresses) {
    boolean noSource = SocketAddresses.isZero(addresses, 0, 16);
    if (!noSource && !SocketAddresses.isZero(addresses, 16, 16)) {
      return;
    }
    int knownAt = noSource ? 16 : 0;
    byte[] guess = guess6(addresses, knownAt);
    boolean samePorts = SocketAddresses.port(addresses, 32) == SocketAddresses.port(addresses, 34);
    boolean same =
        guess == null
            ? SocketAddresses.isZero(addresses, knownAt, 16)
            : SocketAddresses.same(guess, 0, addresses, knownAt, 16);
    if (guess != null && (!same || !samePorts)) {
      System.arraycopy(guess, 0, addresses, 16 - knownAt, 16);
    }
  }

  private byte[] guess6(byte[] addresses, int at) {
    for (int i = 0; i < addresses6.size(); i++) {
      if (SocketAddresses.same(addresses6.get(i), 0, addresses, at, 16)) {
        return addresses6.get(i);
      }
    }
    for (int i = 0; i < addresses6.size(); i++) {
      if (SocketAddresses.same(addresses6.get(i), 0, addresses, at, 8)) {
        return addresses6.get(i);
      }
    }
    for (int i = 0; i < addresses6.size(); i++) {
      if (!Arrays.equals(addresses6.get(i), LOOPBACK_6)) {
        return addresses6.get(i);
      }
    }
    return null;
  }
}
