package io.jfalco.state;

import io.jfalco.event.EventFlag;
import io.jfalco.event.EventInfo;
import io.jfalco.event.EventOrigin;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What the state asks of every event, as arrays by event number. */
final class EventTraits {
  /** Which parameter is the descriptor of events that use one, or -1. */
  static final byte[] FD_PARAM = fdParams();

  /** Events that create, use or close a descriptor. */
  static final boolean[] OF_FD = ofFd();

  /** Events that do nothing to the thread that they may name. */
  static final boolean[] THREADLESS = threadless();

  /** Events whose thread is not looked for outside when it is not known. */
  static final boolean[] NO_LOOKUP =
      of(
          EnumSet.of(
              EventType.SYSCALL_CLONE_20_X,
              EventType.SYSCALL_CLONE3_X,
              EventType.SYSCALL_FORK_20_X,
              EventType.SYSCALL_VFORK_20_X,
              EventType.SCHEDSWITCH_6_E,
              EventType.PROCEXIT_1_E));

  /** Events that say nothing of the time of the first event. */
  static final boolean[] META = meta();

  private EventTraits() {}

  private static byte[] fdParams() {
    byte[] params = new byte[EventType.values().length];
    Arrays.fill(params, (byte) -1);
    set(params, 0, EnumSet.of(EventType.SOCKET_CONNECT_E));
    set(
        params,
        1,
        EnumSet.of(
            EventType.SYSCALL_SETNS_X,
            EventType.SOCKET_LISTEN_X,
            EventType.SOCKET_SHUTDOWN_X,
            EventType.SYSCALL_FCHDIR_X,
            EventType.SYSCALL_LSEEK_X,
            EventType.SYSCALL_LLSEEK_X,
            EventType.SYSCALL_IOCTL_3_X,
            EventType.SYSCALL_FSTAT_X,
            EventType.SYSCALL_CLOSE_X,
            EventType.SYSCALL_GETDENTS_X,
            EventType.SYSCALL_GETDENTS64_X,
            EventType.SYSCALL_FLOCK_X,
            EventType.SYSCALL_COPY_FILE_RANGE_X,
            EventType.SYSCALL_FCNTL_X,
            EventType.SYSCALL_DUP_1_X,
            EventType.SYSCALL_DUP2_X,
            EventType.SYSCALL_DUP3_X,
            EventType.SYSCALL_NEWFSTATAT_X,
            EventType.SYSCALL_FCHOWNAT_X,
            EventType.SYSCALL_FCHMODAT_X,
            EventType.SYSCALL_MKDIRAT_X,
            EventType.SYSCALL_UNLINKAT_2_X,
            EventType.SYSCALL_MKNODAT_X,
            EventType.SOCKET_SENDMMSG_X,
            EventType.SOCKET_RECVMMSG_X,
            EventType.SYSCALL_IO_URING_REGISTER_X,
            EventType.SYSCALL_IO_URING_ENTER_X,
            EventType.SOCKET_SETSOCKOPT_X,
            EventType.SOCKET_GETSOCKOPT_X,
            EventType.SYSCALL_FSCONFIG_X,
            EventType.SYSCALL_FINIT_MODULE_X,
            EventType.SYSCALL_FCHMOD_X,
            EventType.SYSCALL_FCHOWN_X));
    set(
        params,
        2,
        EnumSet.of(
            EventType.SYSCALL_READ_X,
            EventType.SYSCALL_PREAD_X,
            EventType.SOCKET_BIND_X,
            EventType.SYSCALL_WRITE_X,
            EventType.SYSCALL_PWRITE_X,
            EventType.SOCKET_RECV_X,
            EventType.SOCKET_SEND_X,
            EventType.SOCKET_SENDTO_X,
            EventType.SOCKET_SENDMSG_X,
            EventType.SYSCALL_SENDFILE_X,
            EventType.SYSCALL_SPLICE_X,
            EventType.SYSCALL_WRITEV_X,
            EventType.SYSCALL_PWRITEV_X,
            EventType.SOCKET_CONNECT_X,
            EventType.SYSCALL_SYMLINKAT_X));
    set(
        params,
        3,
        EnumSet.of(
            EventType.SOCKET_RECVFROM_X, EventType.SYSCALL_READV_X, EventType.SYSCALL_PREADV_X));
    set(params, 5, EnumSet.of(EventType.SOCKET_RECVMSG_X));
    set(params, 8, EnumSet.of(EventType.SYSCALL_MMAP_X, EventType.SYSCALL_MMAP2_X));
    return params;
  }

  private static void set(byte[] params, int param, Set<EventType> types) {
    for (EventType type : types) {
      params[type.ordinal()] = (byte) param;
    }
  }

  private static boolean[] threadless() {
    boolean[] traits =
        of(
            EnumSet.of(
                EventType.CONTAINER_JSON_2_E,
                EventType.USER_ADDED_E,
                EventType.USER_DELETED_E,
                EventType.GROUP_ADDED_E,
                EventType.GROUP_DELETED_E,
                EventType.PLUGINEVENT_E,
                EventType.ASYNCEVENT_E));
    for (EventInfo info : EventTable.events()) {
      if (info.is(EventFlag.SKIPPARSERESET)) {
        traits[info.type().ordinal()] = true;
      }
    }
    return traits;
  }

  private static boolean[] ofFd() {
    boolean[] traits = new boolean[EventType.values().length];
    for (EventInfo info : EventTable.events()) {
      traits[info.type().ordinal()] =
          info.is(EventFlag.CREATES_FD)
              || info.is(EventFlag.USES_FD)
              || info.is(EventFlag.DESTROYS_FD);
    }
    return traits;
  }

  private static boolean[] meta() {
    boolean[] traits = new boolean[EventType.values().length];
    for (EventInfo info : EventTable.events()) {
      traits[info.type().ordinal()] = info.origins().contains(EventOrigin.META);
    }
    return traits;
  }

  private static boolean[] of(Set<EventType> types) {
    boolean[] traits = new boolean[EventType.values().length];
    for (EventType type : types) {
      traits[type.ordinal()] = true;
    }
    return traits;
  }
}
