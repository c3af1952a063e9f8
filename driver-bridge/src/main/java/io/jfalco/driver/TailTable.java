package io.jfalco.driver;

import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Which program serves which system call: {@code x_<name>} where the object has one, else the
 * shared collector where the system call has a row in its table, else none.
 */
final class TailTable {
  static final String PREFIX = "x_";
  static final String COLLECTOR = "collect";

  /** The program that translates 32-bit system calls, and its slot. */
  static final String IA32 = "ia32";

  static final int IA32_SLOT = KernelMaps.SYSCALLS;

  private final Set<String> inObject;
  private final Set<EventType> collected;

  /**
   * A table.
   *
   * @param programs all programs of the object, refused ones included
   * @param collected exit events that the collector makes
   */
  TailTable(Collection<String> programs, Set<EventType> collected) {
    this.inObject = Set.copyOf(programs);
    this.collected = Set.copyOf(collected);
  }

  /** True for programs that are only jumped to, never attached. */
  static boolean isTail(String program) {
    return program.startsWith(PREFIX) || program.equals(COLLECTOR) || program.equals(IA32);
  }

  /** The program for a system call. */
  Optional<String> program(Syscall syscall) {
    if (syscall.x8664() < 0) {
      return Optional.empty();
    }
    String own = PREFIX + syscall.name();
    if (inObject.contains(own)) {
      return Optional.of(own);
    }
    boolean shared = collected.contains(syscall.exit()) && inObject.contains(COLLECTOR);
    return shared ? Optional.of(COLLECTOR) : Optional.empty();
  }

  /** Codes of the system calls that this program serves. */
  BitSet servedBy(String program) {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (program(syscall).filter(program::equals).isPresent()) {
        codes.set(syscall.code());
      }
    }
    return codes;
  }
}
