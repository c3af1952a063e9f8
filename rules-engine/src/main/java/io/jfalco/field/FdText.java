package io.jfalco.field;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.state.FdType;
import io.jfalco.state.L4Proto;

/** Words for descriptors, made once. */
final class FdText {
  private static final Bytes[] TYPES = new Bytes[FdType.values().length];
  private static final Bytes[] LETTERS = new Bytes[128];
  private static final Bytes[] PROTOCOLS = new Bytes[L4Proto.values().length];

  static {
    for (FdType type : FdType.values()) {
      TYPES[type.ordinal()] = Bytes.of(type.label());
    }
    for (char c = 0; c < LETTERS.length; c++) {
      LETTERS[c] = Bytes.of(String.valueOf(c));
    }
    for (L4Proto protocol : L4Proto.values()) {
      PROTOCOLS[protocol.ordinal()] = Bytes.of(protocol.label());
    }
  }

  private FdText() {}

  static Bytes type(FdType type) {
    return TYPES[type.ordinal()];
  }

  /** The first type with the same word. */
  static FdType shownAs(FdType type) {
    return switch (type) {
      case FILE_V2 -> FdType.FILE;
      case IPV4_SERVER -> FdType.IPV4;
      case IPV6_SERVER -> FdType.IPV6;
      case UNSUPPORTED -> FdType.UNKNOWN;
      default -> type;
    };
  }

  static Bytes letter(FdType type) {
    return LETTERS[type.letter()];
  }

  static Bytes protocol(L4Proto protocol) {
    return PROTOCOLS[protocol.ordinal()];
  }

  /** The letter of what the event would have made, had it not failed. */
  static Bytes letterOf(EventType type) {
    return LETTERS[
        switch (type) {
          case SYSCALL_OPENAT_2_E,
              SYSCALL_OPENAT_2_X,
              SYSCALL_OPENAT2_E,
              SYSCALL_OPENAT2_X,
              SYSCALL_CREAT_E,
              SYSCALL_CREAT_X ->
              'f';
          case SOCKET_SOCKET_E,
              SOCKET_SOCKET_X,
              SOCKET_ACCEPT_5_E,
              SOCKET_ACCEPT_5_X,
              SOCKET_ACCEPT4_6_E,
              SOCKET_ACCEPT4_6_X ->
              '4';
          case SYSCALL_PIPE_E, SYSCALL_PIPE_X, SYSCALL_PIPE2_E, SYSCALL_PIPE2_X -> 'p';
          case SYSCALL_EVENTFD_E, SYSCALL_EVENTFD_X, SYSCALL_EVENTFD2_E, SYSCALL_EVENTFD2_X -> 'e';
          case SYSCALL_SIGNALFD_E, SYSCALL_SIGNALFD_X, SYSCALL_SIGNALFD4_E, SYSCALL_SIGNALFD4_X ->
              's';
          case SYSCALL_TIMERFD_CREATE_E, SYSCALL_TIMERFD_CREATE_X -> 't';
          case SYSCALL_INOTIFY_INIT_E,
              SYSCALL_INOTIFY_INIT_X,
              SYSCALL_INOTIFY_INIT1_E,
              SYSCALL_INOTIFY_INIT1_X ->
              'i';
          default -> 'o';
        }];
  }
}
