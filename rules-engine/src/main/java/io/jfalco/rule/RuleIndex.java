package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionIndex;
import io.jfalco.condition.compile.EventTypeFolding;
import io.jfalco.event.EventTable;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;
import io.jfalco.event.Syscall;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The enabled rules of one event source, by event type; rules on system calls without an event type
 * of their own also by system call. Owned by the event-loop thread.
 */
public final class RuleIndex {
  private static final Candidates NONE = new Candidates(List.of(), List.of());

  private final List<Rule> rules;
  private final Candidates[] byType;
  private final Candidates[] bySyscall;
  private final boolean first;

  /** Rules with their conditions as far as the event type leaves them open. */
  private static final class Candidates {
    private final Rule[] rules;
    private final ConditionIndex index;

    Candidates(List<Rule> rules, List<Condition> conditions) {
      this.rules = rules.toArray(new Rule[0]);
      this.index = new ConditionIndex(conditions);
    }
  }

  /** Makes candidates, the same for event types for which they are the same. */
  private static final class Selection {
    private final EventTypeFolding folding = new EventTypeFolding();
    private final Map<List<Object>, Candidates> known = new HashMap<>();

    Candidates of(List<Rule> rules, BitSet selected, EventType type) {
      List<Rule> open = new ArrayList<>();
      List<Condition> conditions = new ArrayList<>();
      List<Object> key = new ArrayList<>();
      for (int i = selected.nextSetBit(0); i >= 0; i = selected.nextSetBit(i + 1)) {
        Condition condition = folding.fold(rules.get(i).condition(), type);
        if (!EventTypeFolding.isNever(condition)) {
          open.add(rules.get(i));
          conditions.add(condition);
          key.add(i);
          key.add(condition);
        }
      }
      return open.isEmpty()
          ? NONE
          : known.computeIfAbsent(key, k -> new Candidates(open, conditions));
    }
  }

  private RuleIndex(List<Rule> rules, boolean first) {
    this.rules = rules;
    this.first = first;
    Selection selection = new Selection();
    byType = new Candidates[EventTable.events().size()];
    for (EventType type : EventType.values()) {
      byType[type.ordinal()] = select(type, -1, selection);
    }
    int codes = EventTable.syscalls().stream().mapToInt(Syscall::code).max().orElse(0) + 1;
    bySyscall = new Candidates[codes];
    for (Syscall syscall : EventTable.syscalls()) {
      if (syscall.isGeneric()) {
        bySyscall[syscall.code()] = select(EventType.GENERIC_X, syscall.code(), selection);
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

  private Candidates select(EventType type, int syscall, Selection selection) {
    BitSet selected = new BitSet();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.eventTypes().contains(type) && (syscall < 0 || rule.syscalls().get(syscall))) {
        selected.set(i);
      }
    }
    return selection.of(rules, selected, type);
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
    Candidates candidates = candidates(context.event());
    if (candidates == NONE) {
      return;
    }
    context.nextEvaluation();
    ConditionIndex index = candidates.index;
    int at = index.start(context) ? index.next(context, 0) : -1;
    while (at >= 0) {
      handler.onMatch(candidates.rules[at], context);
      at = first ? -1 : index.next(context, at + 1);
    }
  }

  private Candidates candidates(EventView event) {
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
