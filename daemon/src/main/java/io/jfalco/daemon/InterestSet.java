package io.jfalco.daemon;

import io.jfalco.config.Config;
import io.jfalco.event.EventCategory;
import io.jfalco.event.EventFlag;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which system calls are captured: those of the rules and those that the state needs, without the
 * frequent reads and writes. The order of the steps and the log lines are Falco's. Sets hold
 * Falco's codes.
 *
 * @param rules needed by the rules
 * @param selected captured
 */
public record InterestSet(BitSet rules, BitSet selected) {
  /** Not marked in the table: the last one is only needed here, where threads may part. */
  private static final Set<EventType> ALSO_STATE =
      Set.of(
          EventType.SYSCALL_PRLIMIT_X, EventType.SYSCALL_SETRLIMIT_X, EventType.SYSCALL_UNSHARE_X);

  private static final String OVERRIDE = "(base_syscalls override): ";

  /** Names of the events that are left out unless the configuration asks for them. */
  public static SortedSet<String> ignoredNames() {
    return SyscallNames.of(ignored());
  }

  /** True for the set of all system calls. */
  static boolean isAll(BitSet codes) {
    return EventTable.syscalls().stream().allMatch(syscall -> codes.get(syscall.code()));
  }

  /** Chooses, and tells the log what and why. */
  static InterestSet choose(BitSet ruleCodes, Config.Syscalls config) {
    BitSet rules = SyscallNames.withOldNames(ruleCodes);
    if (!rules.isEmpty()) {
      log("(%d) syscalls in rules: %s", rules);
    }
    BitSet added = named(config.custom(), false);
    boolean custom = !added.isEmpty();
    if (custom) {
      log("+(%d) syscalls added " + OVERRIDE + "%s", added);
    }
    warnOfUnknown(config.custom(), false);
    BitSet selected = custom ? added : config.repair() ? RepairSet.with(rules) : stateSet();
    selected.or(rules);
    BitSet removed = named(config.custom(), true);
    if (!removed.isEmpty()) {
      selected.andNot(removed);
      log("-(%d) syscalls removed " + OVERRIDE + "%s", removed);
    }
    warnOfUnknown(config.custom(), true);
    BitSet state = minus(selected, rules);
    if (!state.isEmpty() && !custom) {
      log("+(%d) syscalls (Falco's state engine set of syscalls): %s", state);
    }
    if (!config.withIo()) {
      dropIgnored(selected);
    }
    if (config.repair() && !config.custom().isEmpty()) {
      selected = repaired(selected);
    }
    RepairSet.addProcessExit(selected);
    log("(%d) syscalls selected in total (final set): %s", selected);
    return new InterestSet(rules, selected);
  }

  private static void dropIgnored(BitSet selected) {
    BitSet erased = ignored();
    erased.and(selected);
    if (!erased.isEmpty()) {
      selected.andNot(erased);
      log("-(%d) ignored syscalls (-> activate via `-A` flag): %s", erased);
    }
  }

  /** What a set of the user's lacks is added, and told. */
  private static BitSet repaired(BitSet selected) {
    BitSet repaired = RepairSet.with(selected);
    BitSet more = minus(repaired, selected);
    if (!more.isEmpty()) {
      Log.info(
          "+(" + SyscallNames.of(more).size() + ") repaired syscalls: " + SyscallNames.text(more));
    }
    return repaired;
  }

  /** Reads and writes that the state does not need. */
  private static BitSet ignored() {
    BitSet codes =
        SyscallNames.ofCategories(EnumSet.of(EventCategory.IO_READ, EventCategory.IO_WRITE));
    codes.andNot(stateSet());
    return codes;
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
  private static BitSet named(List<String> entries, boolean negative) {
    BitSet codes = new BitSet();
    names(entries, negative).forEach(name -> codes.or(SyscallNames.codes(name)));
    return codes;
  }

  private static SortedSet<String> names(List<String> entries, boolean negative) {
    TreeSet<String> names = new TreeSet<>();
    for (String entry : entries) {
      if (!entry.isEmpty() && entry.startsWith("!") == negative) {
        names.add(negative ? entry.substring(1) : entry);
      }
    }
    return names;
  }

  private static void warnOfUnknown(List<String> entries, boolean negative) {
    SortedSet<String> unknown = names(entries, negative);
    unknown.removeAll(SyscallNames.of(named(entries, negative)));
    if (!unknown.isEmpty()) {
      Log.warning(
          "Invalid ("
              + (negative ? "negative" : "positive")
              + ") syscall names: warning "
              + OVERRIDE
              + String.join(", ", unknown));
    }
  }

  private static void log(String format, BitSet codes) {
    Log.debug(() -> format.formatted(SyscallNames.of(codes).size(), SyscallNames.text(codes)));
  }

  /** Members of the first set that the second lacks. */
  static BitSet minus(BitSet one, BitSet other) {
    BitSet difference = (BitSet) one.clone();
    difference.andNot(other);
    return difference;
  }
}
