package io.jfalco.state;

import static io.jfalco.state.SocketTexts.DESTINATION_4;
import static io.jfalco.state.SocketTexts.DESTINATION_6;
import static io.jfalco.state.SocketTexts.DESTINATION_PORT_4;
import static io.jfalco.state.SocketTexts.DESTINATION_PORT_6;
import static io.jfalco.state.SocketTexts.INET;
import static io.jfalco.state.SocketTexts.INET6;
import static io.jfalco.state.SocketTexts.SOURCE_4;
import static io.jfalco.state.SocketTexts.SOURCE_6;
import static io.jfalco.state.SocketTexts.SOURCE_PORT_4;
import static io.jfalco.state.SocketTexts.SOURCE_PORT_6;
import static io.jfalco.state.SocketTexts.UNIX;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/** Sockets: what they are, who they talk to, and who is the client and who the server. */
final class SocketEvents {
  private static final int NETLINK = 16;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int TYPE_MASK = 0xff;
  private static final long SOCK_CLOEXEC = 0x80000;
  private static final long IN_PROGRESS = -115;
  private static final int SCM_RIGHTS = 1;
  private static final int MOST_PASSED_FDS = 253;
  private static final int CONTROL_HEADER = 16;

  private final HostState state;
  private final FdStore fds;
  private final StateUpdater updater;
  private final Bytes packed = new Bytes();
  private final Bytes address = new Bytes();
  private final Bytes name = new Bytes();

  SocketEvents(HostState state, StateUpdater updater) {
    this.state = state;
    this.fds = state.fds();
    this.updater = updater;
  }

  void socket(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number >= 0) {
      add(
          context,
          number,
          event.u32(1, 0),
          (int) event.u32(2, 0),
          (int) event.u32(3, 0),
          event.u32(4, 0));
    }
  }

  private void add(
      EventContext context, long number, long domain, int type, int protocol, long flags) {
    FdInfo fd = fds.take();
    fd.ownerTid = context.thread.tid;
    fd.openFlags = flags;
    byte[] addresses = fd.writableAddresses();
    if (domain == UNIX) {
      fd.type = FdType.UNIX;
    } else if (domain == INET || domain == INET6) {
      fd.type = domain == INET ? FdType.IPV4 : FdType.IPV6;
      addresses[SocketAddresses.protocolAt(fd.type)] = (byte) transport(type, protocol).ordinal();
    } else if (domain == NETLINK) {
      fd.type = FdType.NETLINK;
    }
    context.created(fds.put(context.thread.fds(), number, fd), number);
  }

  private static L4Proto transport(int type, int protocol) {
    boolean raw = type == RAW;
    return switch (protocol) {
      case 0 ->
          (type & TYPE_MASK) == STREAM
              ? L4Proto.TCP
              : (type & TYPE_MASK) == DATAGRAM ? L4Proto.UDP : L4Proto.UNKNOWN;
      case 1 -> raw ? L4Proto.RAW : L4Proto.ICMP;
      case 6 -> raw ? L4Proto.RAW : L4Proto.TCP;
      case 17 -> raw ? L4Proto.RAW : L4Proto.UDP;
      case 255 -> L4Proto.RAW;
      default -> L4Proto.UNKNOWN;
    };
  }

  void socketpair(EventView event, EventContext context) {
    long first = event.s64(1, -1);
    long second = event.s64(2, -1);
    if (event.s64(0, -1) < 0 || first == second || first < 0 || second < 0) {
      return;
    }
    FdInfo one = fds.take();
    one.ownerTid = context.thread.tid;
    one.type = FdType.UNIX;
    one.openFlags = (event.u32(6, 0) & SOCK_CLOEXEC) != 0 ? FileFlags.CLOSE_ON_EXEC : 0;
    byte[] addresses = one.writableAddresses();
    SocketAddresses.int64(addresses, 0, event.s64(3, 0));
    SocketAddresses.int64(addresses, 8, event.s64(4, 0));
    FdInfo other = fds.take();
    other.copyFrom(one);
    FdTable table = context.thread.fds();
    context.created(fds.put(table, first, one), first);
    fds.put(table, second, other);
    context.fdNumber = second;
  }

  void bind(EventView event, EventContext context) {
    if (context.fd == null || event.s64(0, -1) < 0 || !SocketTexts.readAddress(event, 1, packed)) {
      return;
    }
    FdInfo fd = own(context);
    byte[] from = packed.array();
    byte[] own = fd.writableAddresses();
    int family = packed.at(0);
    if (family == INET && SocketAddresses.port(from, 5) > 0) {
      int protocol = own[12];
      fd.type = FdType.IPV4_SERVER;
      System.arraycopy(from, 1, own, 0, 4);
      listen(fd, own, 4, SocketAddresses.port(from, 5), 6, protocol);
    } else if (family == INET6 && SocketAddresses.port(from, 17) > 0) {
      int protocol = own[36];
      if (SocketAddresses.isMapped(from, 1)) {
        fd.type = FdType.IPV4_SERVER;
        System.arraycopy(from, 13, own, 0, 4);
        listen(fd, own, 4, SocketAddresses.port(from, 17), 6, protocol);
      } else {
        fd.type = FdType.IPV6_SERVER;
        System.arraycopy(from, 1, own, 0, 16);
        listen(fd, own, 16, SocketAddresses.port(from, 17), 18, protocol);
      }
    }
    name.clear();
    SocketTexts.appendAddress(name, packed);
    rename(context);
  }

  private static void listen(
      FdInfo fd, byte[] own, int portAt, int port, int protocolAt, int protocol) {
    SocketAddresses.port(own, portAt, port);
    own[protocolAt] = (byte) protocol;
    fd.mark(FdInfo.ROLE_SERVER);
  }

  void accept(EventView event, EventContext context) {
    long number = event.s64(0, -1);
    if (number < 0) {
      return;
    }
    FdTable table = context.thread.fds();
    context.fdNumber = number;
    context.fd = table.get(number);
    if (!SocketTexts.readTuple(event, 1, packed)) {
      return;
    }
    int family = packed.at(0);
    if (family != INET && family != INET6 && family != UNIX) {
      return;
    }
    FdInfo fd = fds.take();
    fd.ownerTid = context.thread.tid;
    byte[] from = packed.array();
    if (family == UNIX) {
      fd.type = FdType.UNIX;
      System.arraycopy(from, SocketTexts.UNIX_SOURCE, fd.writableAddresses(), 0, 16);
    } else {
      tuple(fd, family, from);
      fd.addresses[SocketAddresses.protocolAt(fd.type)] = (byte) L4Proto.TCP.ordinal();
    }
    SocketTexts.appendTuple(fd.name, packed);
    if (event.type() == EventType.SOCKET_ACCEPT4_6_X) {
      fd.openFlags = event.s32(5, 0) & FileFlags.CLOSE_ON_EXEC;
    }
    fd.mark(FdInfo.ROLE_SERVER);
    fd.mark(FdInfo.CONNECTED);
    context.created(fds.put(table, number, fd), number);
  }

  /** Sets type and ends of a socket from a tuple. */
  private static boolean tuple(FdInfo fd, int family, byte[] from) {
    if (family == INET) {
      fd.type = FdType.IPV4;
      return set4(fd, from, SOURCE_4, SOURCE_PORT_4, from, DESTINATION_4, DESTINATION_PORT_4);
    }
    if (SocketAddresses.isMapped(from, SOURCE_6) && SocketAddresses.isMapped(from, DESTINATION_6)) {
      fd.type = FdType.IPV4;
      return set4(
          fd, from, SOURCE_6 + 12, SOURCE_PORT_6, from, DESTINATION_6 + 12, DESTINATION_PORT_6);
    }
    boolean changed =
        set6(fd, from, SOURCE_6, SOURCE_PORT_6, from, DESTINATION_6, DESTINATION_PORT_6);
    fd.type = FdType.IPV6;
    return changed;
  }

  private static boolean set4(
      FdInfo fd, byte[] from, int ip, int port, byte[] to, int toIp, int toPort) {
    return SocketUpdates.set4(
        fd, from, ip, SocketAddresses.port(from, port), to, toIp, SocketAddresses.port(to, toPort));
  }

  private static boolean set6(
      FdInfo fd, byte[] from, int ip, int port, byte[] to, int toIp, int toPort) {
    return SocketUpdates.set6(
        fd, from, ip, SocketAddresses.port(from, port), to, toIp, SocketAddresses.port(to, toPort));
  }

  void connect(EventView event, EventContext context) {
    long result = event.s64(0, -1);
    if (context.fd == null || result < 0 && result != IN_PROGRESS) {
      return;
    }
    FdInfo fd = own(context);
    fd.mark(FdInfo.CONNECTED);
    EnterEvent enter = OpenEvents.enterOf(event, context.thread, state.counters());
    boolean told = enter != null && SocketTexts.isAddress(enter.argument);
    if (event.isMissing(1)) {
      if (told) {
        connectTo(fd, enter.argument, context);
      }
      return;
    }
    if (!SocketTexts.readTuple(event, 1, packed)) {
      return;
    }
    boolean hasAddress = SocketTexts.readAddress(event, 3, address);
    Bytes trusted = told && hasAddress && saysTheSame(address) ? enter.argument : null;
    int family = packed.at(0);
    name.clear();
    if (family == INET || family == INET6) {
      boolean changed = connectInet(fd, family, trusted);
      if (changed && fd.isRoleServer() && fd.isUdp4()) {
        SocketUpdates.swap(fd);
      }
      SocketNames.append(name, fd);
    } else {
      if (fd.type != FdType.UNIX || family != UNIX) {
        return;
      }
      System.arraycopy(packed.array(), SocketTexts.UNIX_SOURCE, fd.writableAddresses(), 0, 16);
      if (trusted == null) {
        SocketTexts.appendUnix(name, packed, packed, SocketTexts.UNIX_PATH);
      } else {
        SocketTexts.appendUnix(name, packed, trusted, 1);
      }
    }
    rename(context);
    if (fd.isRoleNone()) {
      fd.mark(FdInfo.ROLE_CLIENT);
    }
  }

  /**
   * True when the tuple's destination is the caller's argument as it was at exit: then it may have
   * been changed meanwhile, and what the enter event told counts. Otherwise it is the kernel's.
   */
  private boolean saysTheSame(Bytes exitAddress) {
    int family = packed.at(0);
    if (exitAddress.at(0) != family) {
      return false;
    }
    byte[] tuple = packed.array();
    byte[] exit = exitAddress.array();
    return switch (family) {
      case INET ->
          SocketAddresses.same(tuple, DESTINATION_4, exit, 1, 4)
              && SocketAddresses.same(tuple, DESTINATION_PORT_4, exit, 5, 2);
      case INET6 ->
          SocketAddresses.same(tuple, DESTINATION_6, exit, 1, 16)
              && SocketAddresses.same(tuple, DESTINATION_PORT_6, exit, 17, 2);
      case UNIX -> {
        int size = packed.indexOf(0, SocketTexts.UNIX_PATH) - SocketTexts.UNIX_PATH;
        yield exitAddress.indexOf(0, 1) - 1 == size
            && SocketAddresses.same(tuple, SocketTexts.UNIX_PATH, exit, 1, size);
      }
      default -> false;
    };
  }

  private boolean connectInet(FdInfo fd, int family, Bytes trusted) {
    byte[] from = packed.array();
    boolean use = trusted != null && trusted.at(0) == family;
    if (family == INET) {
      fd.type = FdType.IPV4;
      return use
          ? set4(fd, from, SOURCE_4, SOURCE_PORT_4, trusted.array(), 1, 5)
          : set4(fd, from, SOURCE_4, SOURCE_PORT_4, from, DESTINATION_4, DESTINATION_PORT_4);
    }
    byte[] to = use ? trusted.array() : from;
    int toIp = use ? 1 : DESTINATION_6;
    int toPort = use ? 17 : DESTINATION_PORT_6;
    if (SocketAddresses.isMapped(from, SOURCE_6) && SocketAddresses.isMapped(to, toIp)) {
      fd.type = FdType.IPV4;
      return set4(fd, from, SOURCE_6 + 12, SOURCE_PORT_6, to, toIp + 12, toPort);
    }
    fd.type = FdType.IPV6;
    return set6(fd, from, SOURCE_6, SOURCE_PORT_6, to, toIp, toPort);
  }

  /** Only the address that the enter event told is known. */
  private void connectTo(FdInfo fd, Bytes target, EventContext context) {
    byte[] from = target.array();
    byte[] own = fd.writableAddresses();
    switch (target.at(0)) {
      case INET -> {
        fd.type = FdType.IPV4;
        System.arraycopy(from, 1, own, 4, 4);
        SocketAddresses.port(own, 10, SocketAddresses.port(from, 5));
      }
      case INET6 -> {
        int port = SocketAddresses.port(from, 17);
        if (SocketAddresses.isMapped(from, 1)) {
          fd.type = FdType.IPV4;
          System.arraycopy(from, 13, own, 4, 4);
          SocketAddresses.port(own, 10, port);
        } else {
          fd.type = FdType.IPV6;
          System.arraycopy(from, 1, own, 16, 16);
          SocketAddresses.port(own, 34, port);
        }
      }
      default -> {
        name.clear().appendAscii("NULL");
        rename(context);
      }
    }
  }

  void received(EventView event, EventContext context, int tupleParam, int controlParam) {
    FdInfo fd = context.fd;
    if (fd == null || event.s64(0, -1) < 0) {
      return;
    }
    if (fd.isConnectable()) {
      markConnected(context);
    }
    if (tupleParam >= 0) {
      update(event, context, tupleParam, true);
    }
    if (controlParam >= 0 && context.fd.type == FdType.UNIX && event.bytes(controlParam, packed)) {
      passedFds(event, context);
    }
  }

  void sent(EventView event, EventContext context, int tupleParam) {
    if (event.s64(0, -1) < 0) {
      return;
    }
    if (context.fd == null && tupleParam >= 0 && event.type() != EventType.SOCKET_SENDMMSG_X) {
      guessSocket(event, context, tupleParam);
    }
    FdInfo fd = context.fd;
    if (fd == null) {
      return;
    }
    if (fd.isConnectable()) {
      markConnected(context);
    }
    if (tupleParam >= 0) {
      update(event, context, tupleParam, false);
    }
  }

  /** Who sends through a descriptor that nobody knows has a UDP socket, most likely. */
  private void guessSocket(EventView event, EventContext context, int tupleParam) {
    long number = context.fdNumber;
    if (number < 0 || !event.bytes(tupleParam, packed)) {
      return;
    }
    int family = packed.at(0);
    if (family == INET || family == INET6) {
      add(context, number, family, DATAGRAM, 17, 0);
    }
  }

  private void markConnected(EventContext context) {
    if (!context.fd.isConnected()) {
      own(context).mark(FdInfo.CONNECTED);
    }
  }

  /** A datagram, or the first thing seen of a connection, tells both ends. */
  private void update(EventView event, EventContext context, int tupleParam, boolean incoming) {
    FdInfo known = context.fd;
    if (!known.name.isEmpty() && known.isTcp4()
        || !SocketTexts.readTuple(event, tupleParam, packed)) {
      return;
    }
    FdInfo fd = own(context);
    if (!applyTuple(fd)) {
      return;
    }
    name.clear();
    if (fd.isConnectable()) {
      if (fd.isRoleNone()) {
        SocketUpdates.guessRole(context.thread, fd, incoming);
      }
      if (incoming ? fd.isRoleClient() : fd.isRoleServer()) {
        SocketUpdates.swap(fd);
      }
      SocketNames.append(name, fd);
    } else {
      SocketTexts.appendTuple(name, packed);
    }
    rename(context);
  }

  /** False when the tuple tells nothing new. */
  private boolean applyTuple(FdInfo fd) {
    int family = packed.at(0);
    byte[] from = packed.array();
    if (family == UNIX) {
      fd.type = FdType.UNIX;
      System.arraycopy(from, SocketTexts.UNIX_SOURCE, fd.writableAddresses(), 0, 16);
      return true;
    }
    if (family == INET || family == INET6) {
      FdType before = fd.type;
      if (family == INET && before == FdType.IPV4_SERVER) {
        fd.addresses[12] = fd.addresses[6];
      }
      boolean changed = tuple(fd, family, from);
      if (fd.type == FdType.IPV6) {
        fd.type = before;
      }
      if (!changed) {
        return false;
      }
    }
    if (fd.isConnectable()) {
      int at = SocketAddresses.protocolAt(fd.type);
      if (fd.addresses[at] == 0) {
        fd.writableAddresses()[at] = (byte) L4Proto.UDP.ordinal();
      }
      state.interfaces().complete(fd);
    }
    return true;
  }

  /** Descriptors that came with a message are looked for in the receiving process. */
  private void passedFds(EventView event, EventContext context) {
    byte[] control = packed.array();
    int end = packed.length();
    int at = 0;
    while (at + CONTROL_HEADER <= end) {
      long size = SocketAddresses.int64(control, at);
      if (size < CONTROL_HEADER || size > end - at) {
        return;
      }
      if (SocketAddresses.int32(control, at + 12) == SCM_RIGHTS) {
        long count = (size - CONTROL_HEADER) / 4;
        if (size % 4 != 0 || count > MOST_PASSED_FDS) {
          return;
        }
        for (int i = 0; i < count; i++) {
          int fd = SocketAddresses.int32(control, at + CONTROL_HEADER + i * 4);
          updater.fetchFd(context.thread, fd, event.timestamp());
        }
      }
      at += (int) (size + 7 & ~7L);
    }
  }

  /** The context's descriptor, to be changed. */
  private FdInfo own(EventContext context) {
    FdInfo fd = fds.own(context.thread.fds(), context.fd);
    context.fd = fd;
    return fd;
  }

  /** Gives the descriptor the name that was written, and notes whether it is another one. */
  private void rename(EventContext context) {
    FdInfo fd = context.fd;
    context.fdNameChanged = !fd.name.sameAs(name);
    if (context.fdNameChanged) {
      fd.name.copyFrom(name);
    }
  }
}
