package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * What is known of a descriptor that was found elsewhere (in {@code /proc}, in a capture file):
 * filled by the finder, copied by {@link StateBuilder#add(long, FdSpec)}. May be filled again after
 * {@link #clear()}.
 */
public final class FdSpec {
  final Bytes name = new Bytes();
  final byte[] sourceIp = new byte[16];
  final byte[] destinationIp = new byte[16];
  long number;
  FdType type;
  L4Proto l4proto;
  int sourcePort;
  int destinationPort;
  long inode;
  long openFlags;
  long device;
  long mountId;
  long unixSource;
  long unixDestination;
  boolean closeOnExec;

  /** An empty description: see {@link #clear()}. */
  public FdSpec() {
    clear();
  }

  /** Forgets everything. */
  public FdSpec clear() {
    name.clear();
    Arrays.fill(sourceIp, (byte) 0);
    Arrays.fill(destinationIp, (byte) 0);
    number = -1;
    type = FdType.UNKNOWN;
    l4proto = L4Proto.UNKNOWN;
    sourcePort = 0;
    destinationPort = 0;
    inode = 0;
    openFlags = 0;
    device = 0;
    mountId = 0;
    unixSource = 0;
    unixDestination = 0;
    closeOnExec = false;
    return this;
  }

  /** Number, type and inode (0 unknown). */
  public FdSpec is(long fd, FdType fdType, long inodeNumber) {
    number = fd;
    type = fdType;
    inode = inodeNumber;
    return this;
  }

  /** The number that was given, -1 if none. */
  public long number() {
    return number;
  }

  /** Path or text to be filled; not used for IPv4 and IPv6 sockets, whose name is made here. */
  public Bytes name() {
    return name;
  }

  /** For files: flags of table {@code file_flags}, device, mount id; 0 unknown. */
  public FdSpec file(long flags, long deviceNumber, long mount) {
    openFlags = flags;
    device = deviceNumber;
    mountId = mount;
    return this;
  }

  /** Says that the descriptor is closed when its process executes another program. */
  public FdSpec closeOnExec() {
    closeOnExec = true;
    return this;
  }

  /** Local address of an IPv4 (4 bytes used) or IPv6 socket, to be filled, network order. */
  public byte[] sourceIp() {
    return sourceIp;
  }

  /** Remote address, to be filled; for a listening socket its own address. */
  public byte[] destinationIp() {
    return destinationIp;
  }

  /** Transport protocol and ports; a listening socket has only the second port, its own. */
  public FdSpec inet(L4Proto protocol, int local, int remote) {
    l4proto = protocol;
    sourcePort = local;
    destinationPort = remote;
    return this;
  }

  /** Kernel addresses of a unix socket and of its peer, 0 unknown. */
  public FdSpec unix(long source, long destination) {
    unixSource = source;
    unixDestination = destination;
    return this;
  }
}
