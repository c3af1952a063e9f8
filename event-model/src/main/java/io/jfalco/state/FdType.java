package io.jfalco.state;

/** What a file descriptor refers to. The wire number is the one of capture files. */
public enum FdType {
  UNKNOWN(0, "<NA>", 'o'),
  FILE(1, "file", 'f'),
  DIRECTORY(2, "directory", 'd'),
  IPV4(3, "ipv4", '4'),
  IPV6(4, "ipv6", '6'),
  IPV4_SERVER(5, "ipv4", '4'),
  IPV6_SERVER(6, "ipv6", '6'),
  FIFO(7, "pipe", 'p'),
  UNIX(8, "unix", 'u'),
  EVENT(9, "event", 'e'),
  UNSUPPORTED(10, "<NA>", 'X'),
  SIGNALFD(11, "signalfd", 's'),
  EVENTPOLL(12, "eventpoll", 'l'),
  INOTIFY(13, "inotify", 'i'),
  TIMERFD(14, "timerfd", 't'),
  NETLINK(15, "netlink", 'n'),
  FILE_V2(16, "file", 'f'),
  BPF(17, "bpf", 'b'),
  USERFAULTFD(18, "userfaultfd", 'u'),
  IO_URING(19, "io_uring", 'r'),
  MEMFD(20, "memfd", 'm'),
  PIDFD(21, "pidfd", 'P');

  private final int number;
  private final String label;
  private final char letter;

  FdType(int number, String label, char letter) {
    this.number = number;
    this.label = label;
    this.letter = letter;
  }

  private static final FdType[] BY_NUMBER = values();

  /** The type with this number in capture files; UNKNOWN for a number that none has. */
  public static FdType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /** Number in capture files. */
  public int number() {
    return number;
  }

  /** Value of {@code fd.type}. */
  public String label() {
    return label;
  }

  /** Value of {@code fd.typechar}. */
  public char letter() {
    return letter;
  }

  /** True for IPv4 and IPv6 sockets, listening or not. */
  public boolean isInet() {
    return this == IPV4 || this == IPV6 || this == IPV4_SERVER || this == IPV6_SERVER;
  }

  /** True for IPv6 sockets. */
  public boolean isInet6() {
    return this == IPV6 || this == IPV6_SERVER;
  }

  /** True for sockets that only listen. */
  public boolean isServerSocket() {
    return this == IPV4_SERVER || this == IPV6_SERVER;
  }

  /** True for sockets of any family. */
  public boolean isSocket() {
    return isInet() || this == UNIX || this == NETLINK;
  }
}
