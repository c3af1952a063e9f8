package io.jfalco.driver.proc;

import io.jfalco.state.FdSpec;
import io.jfalco.state.FdType;
import io.jfalco.state.L4Proto;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sockets of one network namespace by inode, from the tables below {@code /proc/PID/net}. */
final class SocketTables {
  private static final int LIMIT = 64 << 20;
  private static final byte[] NOTHING = new byte[0];

  private final Map<Long, Socket> sockets = new HashMap<>();

  /** One row of a table; what its type has no use for is empty. */
  private static final class Socket {
    final FdType type;
    L4Proto protocol = L4Proto.NA;
    byte[] local = NOTHING;
    byte[] remote = NOTHING;
    byte[] path = NOTHING;
    int localPort;
    int remotePort;
    long kernelAddress;

    Socket(FdType type) {
      this.type = type;
    }
  }

  /** Reads all tables of a directory; those that are not there are left out. */
  static SocketTables read(Path net) {
    SocketTables tables = new SocketTables();
    each(net, "tcp", line -> tables.inet(line, L4Proto.TCP, 4));
    each(net, "udp", line -> tables.inet(line, L4Proto.UDP, 4));
    each(net, "raw", line -> tables.inet(line, L4Proto.RAW, 4));
    each(net, "tcp6", line -> tables.inet(line, L4Proto.TCP, 16));
    each(net, "udp6", line -> tables.inet(line, L4Proto.UDP, 16));
    each(net, "raw6", line -> tables.inet(line, L4Proto.RAW, 16));
    each(net, "unix", tables::unix);
    each(net, "netlink", tables::netlink);
    return tables;
  }

  private static void each(Path net, String table, Consumer<Text> visitor) {
    ProcFiles.read(net.resolve(table), LIMIT).lines(visitor);
  }

  int size() {
    return sockets.size();
  }

  /** Describes the socket with this inode; false when no table has it. */
  boolean describe(long inode, long fd, FdSpec into) {
    Socket socket = sockets.get(inode);
    if (socket == null) {
      return false;
    }
    into.is(fd, socket.type, inode);
    if (socket.type == FdType.UNIX) {
      into.unix(socket.kernelAddress, 0);
      into.name().copyFrom(socket.path, 0, socket.path.length);
    } else if (socket.type.isServerSocket()) {
      System.arraycopy(socket.local, 0, into.destinationIp(), 0, socket.local.length);
      into.inet(socket.protocol, 0, socket.localPort);
    } else if (socket.type != FdType.NETLINK) {
      System.arraycopy(socket.local, 0, into.sourceIp(), 0, socket.local.length);
      System.arraycopy(socket.remote, 0, into.destinationIp(), 0, socket.remote.length);
      into.inet(socket.protocol, socket.localPort, socket.remotePort);
    }
    return true;
  }

  /** {@code sl: local:port remote:port st queues timer retransmits uid timeout inode ...}. */
  void inet(Text line, L4Proto protocol, int size) {
    Text local = line.word(1);
    Text remote = line.word(2);
    long inode = line.word(9).number(10, -1);
    byte[] localIp = address(local, size);
    byte[] remoteIp = address(remote, size);
    if (inode < 0 || localIp == null || remoteIp == null) {
      return;
    }
    boolean listens = isZero(remoteIp);
    boolean four = size == 4;
    FdType type;
    if (listens) {
      type = four ? FdType.IPV4_SERVER : FdType.IPV6_SERVER;
    } else {
      type = four ? FdType.IPV4 : FdType.IPV6;
    }
    Socket socket = new Socket(type);
    socket.protocol = protocol;
    socket.local = localIp;
    socket.localPort = port(local);
    socket.remote = remoteIp;
    socket.remotePort = port(remote);
    sockets.put(inode, socket);
  }

  /** {@code address: references protocol flags type state inode [path]}. */
  void unix(Text line) {
    int colon = line.indexOf(':', 0);
    long inode = line.word(6).number(10, -1);
    if (colon < 0 || inode < 0) {
      return;
    }
    long address = line.word(0).number(16, 0);
    Text inodeWord = line.word(6);
    Text path = line.from(inodeWord.to() + 1);
    Socket socket = new Socket(FdType.UNIX);
    socket.kernelAddress = address;
    socket.path = path.toBytes();
    sockets.put(inode, socket);
  }

  /** {@code sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode}. */
  void netlink(Text line) {
    long inode = line.word(9).number(10, -1);
    if (inode >= 0) {
      sockets.put(inode, new Socket(FdType.NETLINK));
    }
  }

  /** Hexadecimal words of 32 bits in the machine's byte order, to network order; null if not. */
  private static byte[] address(Text text, int size) {
    int colon = text.indexOf(':', 0);
    if (colon - text.from() != size * 2) {
      return null;
    }
    byte[] ip = new byte[size];
    for (int i = 0; i < size; i++) {
      int at = text.from() + i * 2;
      int high = Character.digit(text.bytes()[at], 16);
      int low = Character.digit(text.bytes()[at + 1], 16);
      if (high < 0 || low < 0) {
        return null;
      }
      ip[i & ~3 | 3 - (i & 3)] = (byte) (high << 4 | low);
    }
    return ip;
  }

  private static int port(Text text) {
    return (int) text.from(text.indexOf(':', 0) + 1).number(16, 0) & 0xffff;
  }

  private static boolean isZero(byte[] ip) {
    for (byte each : ip) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
