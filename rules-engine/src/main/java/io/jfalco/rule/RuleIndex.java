package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.EventTypeFolding;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The enabled rules of one event source, by event type; rules on system calls without an event type
 * of their own also by system call. Owned by the event-loop thread.
 */
public final class RuleIndex {
  private static final Candidate[] NONE = {};

  private final List<Rule> rules;
  private final Candidate[][] byType;
  private final Candidate[][] bySyscall;
  private final boolean first;

  /** A rule with its condition as far as the event type leaves it open. */
  private record Candidate(Rule rule, Condition condition) {}

  private RuleIndex(List<Rule> rules, boolean first) {
    this.rules = rules;
    this.first = first;
    EventTypeFolding folding = new EventTypeFolding();
    byType = new Candidate[EventTable.events().size()][];
    for (EventType type : EventType.values()) {
      byType[type.ordinal()] = select(type, -1, folding);
    }
    int codes = EventTable.syscalls().stream().mapToInt(Syscall::code).max().orElse(0) + 1;
    bySyscall = new Candidate[codes][];
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.isGeneric()) {
        bySyscall[syscall.code()] = select(EventType.GENERIC_X, syscall.code(), folding);
      }
    }
  }

  /** Which of the rules that match an event count. */
  public enum Matching {
    /** The first in load order. */
    FIRST,
    /** All of them. */
    ALL
  }

  /**
   * The enabled rules of a source that are at least this severe.
   *
   * @param leastSevere rules below this priority are left out
   */
  public static RuleIndex of(
      RuleSet rules, String source, Priority leastSevere, Matching matching) {
    List<Rule> enabled = new ArrayList<>();
    for (Rule rule : rules.rules(source)) {
      if (rule.enabled() && rule.priority().compareTo(leastSevere) <= 0) {
        enabled.add(rule);
      }
    }
    return new RuleIndex(List.copyOf(enabled), matching == Matching.FIRST);
  }

  /** These rules, which are enabled by whatever the caller goes by, in load order. */
  public static RuleIndex of(List<Rule> enabled, Matching matching) {
    return new RuleIndex(List.copyOf(enabled), matching == Matching.FIRST);
  }

  private Candidate[] select(EventType type, int syscall, EventTypeFolding folding) {
    List<Candidate> selected = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.eventTypes().contains(type) && (syscall < 0 || rule.syscalls().get(syscall))) {
        Condition condition = folding.fold(rule.condition(), type);
        if (!EventTypeFolding.isNever(condition)) {
          selected.add(new Candidate(rule, condition));
        }
      }
    }
    return selected.isEmpty() ? NONE : selected.toArray(NONE);
  }

  /** The rules of this index, in load order. */
  public List<Rule> rules() {
    return rules;
  }

  /** Codes of the system calls that must be captured for the rules. */
  public BitSet syscalls() {
    BitSet all = new BitSet();
    rules.forEach(rule -> all.or(rule.syscalls()));
    return all;
  }

  /** Types of the events that the rules can match. */
  public Set<EventType> eventTypes() {
    EnumSet<EventType> all = EnumSet.noneOf(EventType.class);
    rules.forEach(rule -> all.addAll(rule.eventTypes()));
    return all;
  }

  /** Tests the rules on an event and hands over those that match. Allocates nothing. */
  public void match(EventContext context, RuleMatchHandler handler) {
    Candidate[] candidates = candidates(context.event());
    if (candidates.length == 0) {
      return;
    }
    context.nextEvaluation();
    for (Candidate candidate : candidates) {
      if (candidate.condition.test(context)) {
        handler.onMatch(candidate.rule, context);
        if (first) {
          return;
        }
      }
    }
  }

  private Candidate[] candidates(EventView event) {
    EventType type = event.type();
    if (type == EventType.GENERIC_X || type == EventType.GENERIC_E) {
      int code = event.u16(0, 0);
      if (code < bySyscall.length && bySyscall[code] != null) {
        return bySyscall[code];
      }
    }
    return byType[type.ordinal()];
  }
}
