package io.jfalco.daemon;

import io.jfalco.driver.DropReason;
import io.jfalco.driver.SourceStats;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.Syscall;
import io.jfalco.rule.Rule;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which rules may have missed something when events were lost. */
final class DropRisk {
  /** Nobody. */
  static final DropRisk NONE = new DropRisk(List.of());

  /** Losses that can concern any event. */
  private static final Set<DropReason> ANY =
      EnumSet.of(
          DropReason.SCRATCH_MAP,
          DropReason.PAGE_FAULTS,
          DropReason.MAX_EVENT_SIZE,
          DropReason.BUG);

  private final List<Rule> rules;

  /** Of these rules. */
  DropRisk(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Names of the rules that need events of kinds that were lost between the two. */
  List<String> names(SourceStats before, SourceStats now) {
    BitSet lost = lost(before, now);
    return rules.stream().filter(rule -> rule.syscalls().intersects(lost)).map(Rule::name).toList();
  }

  /** Codes of the system calls of whose events some may have been lost. */
  static BitSet lost(SourceStats before, SourceStats now) {
    BitSet lost = new BitSet();
    long told = 0;
    for (DropReason reason : DropReason.values()) {
      long count = now.drops(reason) - before.drops(reason);
      if (count > 0) {
        lost.or(ANY.contains(reason) ? all() : codes(reason.events()));
      }
      told += reason.events().isEmpty() ? 0 : count;
    }
    if (now.dropsBuffer() - before.dropsBuffer() > told) {
      lost.or(withoutKind());
    }
    return lost;
  }

  private static BitSet all() {
    BitSet codes = new BitSet();
    EventTable.syscalls().forEach(call -> codes.set(call.code()));
    return codes;
  }

  private static BitSet withoutKind() {
    BitSet codes = all();
    for (DropReason reason : DropReason.values()) {
      codes.andNot(codes(reason.events()));
    }
    return codes;
  }

  private static BitSet codes(Set<EventType> exits) {
    BitSet codes = new BitSet();
    for (Syscall call : EventTable.syscalls()) {
      if (exits.contains(call.exit())) {
        codes.set(call.code());
      }
    }
    return codes;
  }
}
