package io.jfalco.state;

import io.jfalco.event.Bytes;

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

  /** connect() is in progress. */
  static final int CONNECTION_PENDING = 2;

  /** connect() failed. */
  static final int CONNECTION_FAILED = 4;

  /** The process is the server of the connection. */
  static final int ROLE_SERVER = 8;

  /** The process is the client of the connection. */
  static final int ROLE_CLIENT = 16;

  /** The file lies in the upper layer of an overlay file system. */
  static final int UPPER_LAYER = 32;

  /** The file lies in the lower layer of an overlay file system. */
  static final int LOWER_LAYER = 64;

  /** The descriptor closes at exec. */
  static final int CLOSE_ON_EXEC = 128;

  final Bytes name = new Bytes();
  final Bytes nameRaw = new Bytes();
  final byte[] sourceIp = new byte[16];
  final byte[] destinationIp = new byte[16];
  int number;
  FdType type = FdType.UNKNOWN;
  L4Proto l4proto = L4Proto.UNKNOWN;
  int marks;
  int sourcePort;
  int destinationPort;
  long openFlags;
  long device;
  long inode;
  long mountId;
  long unixSource;
  long unixDestination;
  long ownerTid;

  FdInfo() {}

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

  /** Transport protocol; UNKNOWN for anything but sockets. */
  public L4Proto l4proto() {
    return l4proto;
  }

  /** Client address. */
  public byte[] sourceIp() {
    return sourceIp;
  }

  /** Server address; for a listening socket its own. */
  public byte[] destinationIp() {
    return destinationIp;
  }

  /** Client port, host order. */
  public int sourcePort() {
    return sourcePort;
  }

  /** Server port, host order; for a listening socket its own. */
  public int destinationPort() {
    return destinationPort;
  }

  /** Kernel address of this unix socket, 0 when unknown. */
  public long unixSource() {
    return unixSource;
  }

  /** Kernel address of the peer unix socket, 0 when unknown. */
  public long unixDestination() {
    return unixDestination;
  }

  /** Flags given to open, portable values of table {@code file_flags}. */
  public long openFlags() {
    return openFlags;
  }

  /** Device number as the event gave it (major and minor as the kernel encodes them); 0 unknown. */
  public long device() {
    return device;
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

  /** True while a connect is in progress. */
  public boolean isConnectionPending() {
    return (marks & CONNECTION_PENDING) != 0;
  }

  /** True after a connect failed. */
  public boolean isConnectionFailed() {
    return (marks & CONNECTION_FAILED) != 0;
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
