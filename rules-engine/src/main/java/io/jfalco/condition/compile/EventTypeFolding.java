package io.jfalco.condition.compile;

import io.jfalco.event.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shortens compiled conditions for the events of one type: checks of {@code evt.type} are answered
 * once and for all, and with them the branches that they decide. Parts that stay as they are, are
 * shared with the condition they come from.
 */
public final class EventTypeFolding {
  /** Holds for every event. */
  private static final Condition ALWAYS = context -> true;

  /** Holds for no event. */
  private static final Condition NEVER = context -> false;

  private final Groups groups = Groups.plain();
  private final Map<Condition, Condition> folded = new HashMap<>();
  private EventType type = EventType.GENERIC_E;

  /**
   * The condition for events of a type.
   *
   * @return what gives the same as the condition for all events of that type; owned by the thread
   *     that owns the condition
   */
  public Condition fold(Condition condition, EventType eventType) {
    if (type != eventType) {
      type = eventType;
      folded.clear();
    }
    return fold(condition);
  }

  /** True when a result of {@link #fold} holds for no event. */
  public static boolean isNever(Condition condition) {
    return condition == NEVER;
  }

  private Condition fold(Condition node) {
    Condition known = folded.get(node);
    if (known == null) {
      known = foldNew(node);
      folded.put(node, known);
    }
    return known;
  }

  private Condition foldNew(Condition node) {
    if (node instanceof EventTypeCheck check && check.isDecidedBy(type)) {
      return check.decide(type) ? ALWAYS : NEVER;
    }
    if (node instanceof Nodes.Not not) {
      return negate(not, fold(not.part()));
    }
    if (node instanceof Nodes.And and) {
      return group(and, and.parts(), true);
    }
    return node instanceof Nodes.Or or ? group(or, or.parts(), false) : node;
  }

  private Condition negate(Nodes.Not node, Condition part) {
    if (part == node.part()) {
      return node;
    }
    if (part == ALWAYS) {
      return NEVER;
    }
    return part == NEVER ? ALWAYS : groups.not(part);
  }

  private Condition group(Condition node, Condition[] parts, boolean and) {
    Condition decides = and ? NEVER : ALWAYS;
    Condition neutral = and ? ALWAYS : NEVER;
    List<Condition> left = new ArrayList<>();
    boolean same = true;
    for (Condition part : parts) {
      Condition now = fold(part);
      if (now == decides) {
        return decides;
      }
      same &= now == part;
      if (now != neutral) {
        left.add(now);
      }
    }
    if (same) {
      return node;
    }
    if (left.isEmpty()) {
      return neutral;
    }
    return and ? groups.and(left) : groups.or(left);
  }
}
