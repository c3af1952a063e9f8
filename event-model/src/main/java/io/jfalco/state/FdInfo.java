package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * One file descriptor of a process. Owned by the event-loop thread and reused after the descriptor
 * is closed: nobody keeps a reference beyond the event at hand.
 *
 * <p>Addresses are 16 bytes; IPv4 uses the first four. "Source" is the client and "destination" the
 * server of a connection, whichever side the process is on.
 */
public final class FdInfo {
  /** The peer called connect() or this side did, with success or in progress. */
  static final int CONNECTED = 1;

  /** The process is the server of the connection. */
  static final int ROLE_SERVER = 8;

  /** The process is the client of the connection. */
  static final int ROLE_CLIENT = 16;

  /** The file lies in the upper layer of an overlay file system. */
  static final int UPPER_LAYER = 32;

  /** The file lies in the lower layer of an overlay file system. */
  static final int LOWER_LAYER = 64;

  /** The kernel's name of the file is known: it is kernelName, or the name where that is empty. */
  static final int KERNEL_NAME = 128;

  private static final byte[] NO_ADDRESS = new byte[SocketAddresses.SIZE];

  final Bytes name = new Bytes();
  final Bytes nameRaw = new Bytes();

  /** The path that the kernel opened where it is not the name; made when one is first needed. */
  Bytes kernelName;

  /** See {@link SocketAddresses}; NO_ADDRESS, never written, while it is not a socket. */
  byte[] addresses = NO_ADDRESS;

  private byte[] ownAddresses;
  private byte[] sourceIp = NO_ADDRESS;
  private byte[] destinationIp = NO_ADDRESS;
  int number;
  FdType type = FdType.UNKNOWN;
  int marks;
  long openFlags;
  long device;
  long inode;
  long mountId;
  long ownerTid;
  long pid;

  /** Tables that hold this object: those of a process and of its children, until one changes it. */
  int references;

  FdInfo() {}

  /** As before first use. */
  void reset() {
    name.clear();
    nameRaw.clear();
    if (kernelName != null) {
      kernelName.clear();
    }
    addresses = NO_ADDRESS;
    number = -1;
    type = FdType.UNKNOWN;
    marks = 0;
    openFlags = 0;
    device = 0;
    inode = 0;
    mountId = 0;
    ownerTid = 0;
    pid = 0;
    references = 0;
  }

  /** Makes {@link #addresses} an array that may be written, all zero if there was none. */
  byte[] writableAddresses() {
    if (addresses == NO_ADDRESS) {
      if (ownAddresses == null) {
        ownAddresses = new byte[SocketAddresses.SIZE];
        sourceIp = new byte[16];
        destinationIp = new byte[16];
      }
      Arrays.fill(ownAddresses, (byte) 0);
      addresses = ownAddresses;
    }
    return addresses;
  }

  /** Copies everything but the references. */
  void copyFrom(FdInfo other) {
    name.copyFrom(other.name);
    nameRaw.copyFrom(other.nameRaw);
    if (other.kernelName != null && !other.kernelName.isEmpty()) {
      writableKernelName().copyFrom(other.kernelName);
    }
    addresses = NO_ADDRESS;
    if (other.addresses != NO_ADDRESS) {
      System.arraycopy(other.addresses, 0, writableAddresses(), 0, SocketAddresses.SIZE);
    }
    number = other.number;
    type = other.type;
    marks = other.marks;
    openFlags = other.openFlags;
    device = other.device;
    inode = other.inode;
    mountId = other.mountId;
    ownerTid = other.ownerTid;
    pid = other.pid;
  }

  Bytes writableKernelName() {
    if (kernelName == null) {
      kernelName = new Bytes();
    }
    return kernelName;
  }

  void mark(int bits) {
    marks |= bits;
  }

  /** The protocol that is kept, whether or not a field may show it; NA for what is no socket. */
  public L4Proto keptProtocol() {
    int at = SocketAddresses.protocolAt(type);
    return at < 0 ? L4Proto.NA : L4Proto.of(addresses[at]);
  }

  boolean isTcp4() {
    return type == FdType.IPV4 && keptProtocol() == L4Proto.TCP;
  }

  boolean isUdp4() {
    return type == FdType.IPV4 && keptProtocol() == L4Proto.UDP;
  }

  boolean isConnectable() {
    return type == FdType.IPV4 || type == FdType.IPV6;
  }

  boolean isCloseOnExec() {
    return (openFlags & FileFlags.CLOSE_ON_EXEC) != 0
        || type == FdType.EVENTPOLL && (openFlags & FileFlags.EPOLL_CLOSE_ON_EXEC) != 0
        || type == FdType.MEMFD && (openFlags & FileFlags.MEMFD_CLOSE_ON_EXEC) != 0;
  }

  void clearCloseOnExec() {
    openFlags &=
        ~(FileFlags.CLOSE_ON_EXEC | FileFlags.EPOLL_CLOSE_ON_EXEC | FileFlags.MEMFD_CLOSE_ON_EXEC);
  }

  /** The descriptor's number. */
  public int number() {
    return number;
  }

  /** What it refers to. */
  public FdType type() {
    return type;
  }

  /** Path, or tuple text of a socket; empty when unknown. */
  public Bytes name() {
    return name;
  }

  /** Path as the caller gave it; empty when unknown. */
  public Bytes nameRaw() {
    return nameRaw;
  }

  /** Path of the file that the kernel opened, without symbolic links; null when not known. */
  public Bytes kernelName() {
    if ((marks & KERNEL_NAME) == 0) {
      return null;
    }
    return kernelName == null || kernelName.isEmpty() ? name : kernelName;
  }

  /** Transport protocol; NA for what is no socket, and while the role is not known. */
  public L4Proto l4proto() {
    L4Proto kept = keptProtocol();
    boolean hidden = isConnectable() && isRoleNone() && kept != L4Proto.RAW;
    return hidden ? L4Proto.NA : kept;
  }

  /** Client address, zero for a listening socket. Valid until the next call. */
  public byte[] sourceIp() {
    switch (type) {
      case IPV4 -> System.arraycopy(addresses, 0, sourceArray(), 0, 4);
      case IPV6 -> System.arraycopy(addresses, 0, sourceArray(), 0, 16);
      default -> {
        return NO_ADDRESS;
      }
    }
    return sourceIp;
  }

  /** Server address; for a listening socket its own. Valid until the next call. */
  public byte[] destinationIp() {
    switch (type) {
      case IPV4 -> System.arraycopy(addresses, 4, destinationArray(), 0, 4);
      case IPV4_SERVER -> System.arraycopy(addresses, 0, destinationArray(), 0, 4);
      case IPV6 -> System.arraycopy(addresses, 16, destinationArray(), 0, 16);
      case IPV6_SERVER -> System.arraycopy(addresses, 0, destinationArray(), 0, 16);
      default -> {
        return NO_ADDRESS;
      }
    }
    return destinationIp;
  }

  private byte[] sourceArray() {
    writableAddresses();
    return sourceIp;
  }

  private byte[] destinationArray() {
    writableAddresses();
    return destinationIp;
  }

  /** Client port, host order; 0 for a listening socket. */
  public int sourcePort() {
    return switch (type) {
      case IPV4 -> SocketAddresses.port(addresses, 8);
      case IPV6 -> SocketAddresses.port(addresses, 32);
      default -> 0;
    };
  }

  /** Server port, host order; for a listening socket its own. */
  public int destinationPort() {
    return switch (type) {
      case IPV4 -> SocketAddresses.port(addresses, 10);
      case IPV4_SERVER -> SocketAddresses.port(addresses, 4);
      case IPV6 -> SocketAddresses.port(addresses, 34);
      case IPV6_SERVER -> SocketAddresses.port(addresses, 16);
      default -> 0;
    };
  }

  /** Kernel address of this unix socket, 0 when unknown. */
  public long unixSource() {
    return type == FdType.UNIX ? SocketAddresses.int64(addresses, 0) : 0;
  }

  /** Kernel address of the peer unix socket, 0 when unknown. */
  public long unixDestination() {
    return type == FdType.UNIX ? SocketAddresses.int64(addresses, 8) : 0;
  }

  /** Flags given to open, portable values of table {@code file_flags}. */
  public long openFlags() {
    return openFlags;
  }

  /** Device number as the event gave it (major and minor as the kernel encodes them); 0 unknown. */
  public long device() {
    return device;
  }

  /** Process that a pidfd refers to; 0 for anything else. */
  public long pid() {
    return pid;
  }

  /** Inode number; 0 when unknown. */
  public long inode() {
    return inode;
  }

  /** Mount id; 0 when unknown. */
  public long mountId() {
    return mountId;
  }

  /** Thread that created the descriptor. */
  public long ownerTid() {
    return ownerTid;
  }

  /** True when the process is the server side. */
  public boolean isRoleServer() {
    return (marks & ROLE_SERVER) != 0;
  }

  /** True when the process is the client side. */
  public boolean isRoleClient() {
    return (marks & ROLE_CLIENT) != 0;
  }

  /** True when neither side is known. */
  public boolean isRoleNone() {
    return (marks & (ROLE_SERVER | ROLE_CLIENT)) == 0;
  }

  /** True for a connected socket. */
  public boolean isConnected() {
    return (marks & CONNECTED) != 0;
  }

  /** True for files of an overlay's upper layer. */
  public boolean isUpperLayer() {
    return (marks & UPPER_LAYER) != 0;
  }

  /** True for files of an overlay's lower layer. */
  public boolean isLowerLayer() {
    return (marks & LOWER_LAYER) != 0;
  }
}
