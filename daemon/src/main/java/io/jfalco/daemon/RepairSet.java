package io.jfalco.daemon;

import io.jfalco.event.EventCategory;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;

/**
 * The smallest set of system calls with which the state stays true for what a set of calls needs
 * ({@code base_syscalls.repair}). Sets hold Falco's codes.
 */
final class RepairSet {
  private static final String PROCESS_EXIT = "sched_process_exit";

  /** What processes are, whatever the rules are. */
  private static final List<String> ALWAYS =
      List.of(
          "clone",
          "clone3",
          "fork",
          "vfork",
          "execve",
          "execveat",
          "fchdir",
          "chdir",
          "chroot",
          "capset",
          "setgid",
          "setgid32",
          "setpgid",
          "setresgid",
          "setresgid32",
          "setresuid",
          "setresuid32",
          "setsid",
          "setuid",
          "setuid32",
          "prctl");

  private RepairSet() {}

  /** The codes, with what they need beside them. */
  static BitSet with(BitSet codes) {
    BitSet all = (BitSet) codes.clone();
    ALWAYS.forEach(name -> all.set(SyscallNames.code(name)));
    addProcessExit(all);
    boolean network = intersects(codes, EnumSet.of(EventCategory.NET));
    if (network) {
      all.set(SyscallNames.code("socket"));
      all.set(SyscallNames.code("getsockopt"));
    }
    if (List.of("accept", "accept4", "listen").stream()
        .anyMatch(name -> codes.get(SyscallNames.code(name)))) {
      all.set(SyscallNames.code("bind"));
    }
    if (network
        || intersects(
            codes,
            EnumSet.of(
                EventCategory.FILE,
                EventCategory.IO_READ,
                EventCategory.IO_WRITE,
                EventCategory.IO_OTHER))) {
      all.set(SyscallNames.code("close"));
    }
    return all;
  }

  /** Without the end of processes the tables would only grow. */
  static void addProcessExit(BitSet codes) {
    codes.set(SyscallNames.code(PROCESS_EXIT));
  }

  private static boolean intersects(BitSet codes, EnumSet<EventCategory> categories) {
    return codes.intersects(SyscallNames.ofCategories(categories));
  }
}
