package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.event.EventFlag;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which system calls are captured: those of the rules and those that the state needs, without the
 * frequent reads and writes. Sets hold Falco's codes.
 *
 * @param rules needed by the rules
 * @param selected captured
 */
public record InterestSet(BitSet rules, BitSet selected) {
  private static final Set<String> IO =
      Set.of(
          "sendfile",
          "preadv",
          "readv",
          "pread",
          "recv",
          "send",
          "pwritev",
          "writev",
          "write",
          "pwrite",
          "read");
  private static final Set<EventType> ALSO_STATE =
      Set.of(EventType.SYSCALL_PRLIMIT_X, EventType.SYSCALL_SETRLIMIT_X);

  /** Names of the events that are left out unless the configuration asks for them. */
  public static SortedSet<String> ignoredNames() {
    return new TreeSet<>(IO);
  }

  /** True for the set of all system calls. */
  static boolean isAll(BitSet codes) {
    return EventTable.syscalls().stream().allMatch(syscall -> codes.get(syscall.code()));
  }

  /** Chooses, and tells the log what and why. */
  static InterestSet choose(BitSet rules, Config.Syscalls config) {
    if (!rules.isEmpty()) {
      Log.debug(() -> count(rules) + "syscalls in rules: " + text(rules));
    }
    BitSet added = named(config.custom(), false);
    boolean custom = !added.isEmpty();
    if (custom) {
      Log.debug(
          () -> "+" + count(added) + "syscalls added (base_syscalls override): " + text(added));
    }
    BitSet selected = custom ? added : stateSet();
    selected.or(rules);
    BitSet removed = named(config.custom(), true);
    if (!removed.isEmpty()) {
      selected.andNot(removed);
      Log.debug(
          () ->
              "-" + count(removed) + "syscalls removed (base_syscalls override): " + text(removed));
    }
    BitSet state = minus(selected, rules);
    if (!state.isEmpty() && !custom) {
      Log.debug(
          () ->
              "+"
                  + count(state)
                  + "syscalls (Falco's state engine set of syscalls): "
                  + text(state));
    }
    if (!config.withIo()) {
      dropIo(selected);
    }
    Log.debug(() -> count(selected) + "syscalls selected in total (final set): " + text(selected));
    return new InterestSet(rules, selected);
  }

  private static void dropIo(BitSet selected) {
    BitSet io = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (IO.contains(name(syscall)) && selected.get(syscall.code())) {
        io.set(syscall.code());
      }
    }
    if (!io.isEmpty()) {
      selected.andNot(io);
      Log.debug(
          () ->
              "-"
                  + count(io)
                  + "ignored syscalls (-> activate via `base_syscalls.all`): "
                  + text(io));
    }
  }

  /** System calls that change what is known of processes, descriptors and users. */
  static BitSet stateSet() {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      EventType exit = syscall.exit();
      if (exit.info().is(EventFlag.MODIFIES_STATE) || ALSO_STATE.contains(exit)) {
        codes.set(syscall.code());
      }
    }
    return codes;
  }

  /** Codes of the names that do, or do not, begin with an exclamation mark. */
  private static BitSet named(List<String> names, boolean negative) {
    BitSet codes = new BitSet();
    TreeSet<String> unknown = new TreeSet<>();
    for (String entry : names) {
      if (entry.isEmpty() || entry.startsWith("!") != negative) {
        continue;
      }
      String wanted = negative ? entry.substring(1) : entry;
      BitSet found = codesOf(wanted);
      codes.or(found);
      if (found.isEmpty()) {
        unknown.add(wanted);
      }
    }
    if (!unknown.isEmpty()) {
      Log.warning(
          "Invalid ("
              + (negative ? "negative" : "positive")
              + ") syscall names: warning (base_syscalls override): "
              + String.join(", ", unknown));
    }
    return codes;
  }

  private static BitSet codesOf(String name) {
    BitSet codes = new BitSet();
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.name().equals(name) || name(syscall).equals(name)) {
        codes.set(syscall.code());
      }
    }
    return codes;
  }

  /** Name that rules use: of the event, or of the system call where the event is generic. */
  private static String name(Syscall syscall) {
    return syscall.isGeneric() ? syscall.name() : syscall.exit().info().name();
  }

  /** Names of the codes, sorted, separated by commas. */
  static String text(BitSet codes) {
    return String.join(", ", names(codes));
  }

  private static SortedSet<String> names(BitSet codes) {
    TreeSet<String> names = new TreeSet<>();
    for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
      Syscall syscall = EventTable.syscall(code);
      if (syscall != null) {
        names.add(name(syscall));
      }
    }
    return names;
  }

  private static String count(BitSet codes) {
    return "(" + names(codes).size() + ") ";
  }

  /** Members of the first set that the second lacks. */
  static BitSet minus(BitSet one, BitSet other) {
    BitSet difference = (BitSet) one.clone();
    difference.andNot(other);
    return difference;
  }
}
