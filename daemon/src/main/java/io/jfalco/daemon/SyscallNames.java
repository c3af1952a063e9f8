package io.jfalco.daemon;

import io.jfalco.event.EventCategory;
import io.jfalco.event.EventTable;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names of system calls as rules and the configuration use them: the event's, or the call's own
 * where its event is generic. Sets hold Falco's codes.
 */
final class SyscallNames {
  /** The event of accept4 was once called accept, and Falco still knows it by both names. */
  private static final String ACCEPT = "accept";

  private static final String ACCEPT4 = "accept4";

  private SyscallNames() {}

  /** The name of one call. */
  static String of(Syscall syscall) {
    return syscall.isGeneric() ? syscall.name() : syscall.exit().info().name();
  }

  /** Names of the codes, sorted. */
  static SortedSet<String> of(BitSet codes) {
    TreeSet<String> names = new TreeSet<>();
    for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
      Syscall syscall = EventTable.syscall(code);
      if (syscall != null) {
        names.add(of(syscall));
      }
    }
    if (names.contains(ACCEPT4)) {
      names.add(ACCEPT);
    }
    return names;
  }

  /** The same, separated by commas. */
  static String text(BitSet codes) {
    return String.join(", ", of(codes));
  }

  /** Codes of a name; none when it is unknown. */
  static BitSet codes(String name) {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (of(syscall).equals(name)) {
        codes.set(syscall.code());
      }
    }
    return withOldNames(codes);
  }

  /** The codes, with those that the same names meant in older events. */
  static BitSet withOldNames(BitSet codes) {
    BitSet all = (BitSet) codes.clone();
    if (all.get(code(ACCEPT))) {
      all.set(code(ACCEPT4));
    }
    return all;
  }

  /** Codes of the calls whose events belong to one of these categories. */
  static BitSet ofCategories(Set<EventCategory> categories) {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (categories.contains(syscall.exit().info().category())) {
        codes.set(syscall.code());
      }
    }
    return codes;
  }

  /** The code of a call that exists. */
  static int code(String call) {
    return EventTable.syscall(call).orElseThrow().code();
  }
}
