package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes groups of nodes, each group of the same parts once. Parts are tested cheapest first: tests
 * have no effects, so their order does not change results. Parts that depend on the process alone
 * become one part, whose results are kept.
 */
final class Groups {
  private record Key(boolean and, List<Condition> parts) {}

  private final Map<Key, SharedNode> known = new HashMap<>();
  private final SiblingChecks siblings = new SiblingChecks();
  private final Map<Dependence, ProcessResults> results;

  private Groups(Map<Dependence, ProcessResults> results) {
    this.results = results;
  }

  /** Groups whose results are kept for each process where that can be. */
  static Groups withResults() {
    return new Groups(
        Map.of(
            Dependence.PROCESS, new ProcessResults(Dependence.PROCESS),
            Dependence.LINEAGE, new ProcessResults(Dependence.LINEAGE)));
  }

  /** Groups of parts whose results are kept already where that can be. */
  static Groups plain() {
    return new Groups(Map.of());
  }

  Condition and(List<Condition> parts) {
    return group(true, parts);
  }

  Condition or(List<Condition> parts) {
    return group(false, parts);
  }

  /** The condition with its results kept, unless every event can have another. */
  Condition keep(Condition condition) {
    ProcessResults place = results.get(Dependence.of(condition));
    return place == null || condition instanceof KnownNode ? condition : place.node(condition);
  }

  private Condition group(boolean and, List<Condition> parts) {
    List<Condition> merged = siblings.merge(and, parts);
    boolean split = !results.isEmpty() && Dependence.of(merged) == Dependence.EVENT;
    return shared(and, split ? split(and, merged) : merged);
  }

  /** Parts that depend on the process alone become one, as do those that depend on ancestors. */
  private List<Condition> split(boolean and, List<Condition> parts) {
    List<Condition> left = new ArrayList<>();
    Map<Dependence, List<Condition>> kept = new HashMap<>();
    for (Condition part : parts) {
      Dependence dependence = Dependence.of(part);
      if (dependence == Dependence.EVENT) {
        left.add(part);
      } else {
        kept.computeIfAbsent(dependence, d -> new ArrayList<>()).add(part);
      }
    }
    for (Dependence dependence : Dependence.values()) {
      if (kept.containsKey(dependence)) {
        left.add(keep(shared(and, kept.get(dependence))));
      }
    }
    return left;
  }

  private Condition shared(boolean and, List<Condition> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Condition> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparingInt(Groups::cost));
    Key key = new Key(and, ordered);
    SharedNode group = known.get(key);
    if (group == null) {
      Condition[] array = ordered.toArray(new Condition[0]);
      group = and ? new Nodes.And(array) : new Nodes.Or(array);
      known.put(key, group);
    } else {
      group.share();
    }
    return group;
  }

  Condition not(Condition part) {
    return part instanceof Nodes.Not not ? not.part() : new Nodes.Not(part);
  }

  /**
   * Tests of the event's type, groups that begin with one, numbers and kept results, all others;
   * and last what only denies, as exceptions do: it holds for nearly all events.
   */
  private static int cost(Condition part) {
    if (part instanceof EventTypeCheck
        || part instanceof Nodes.Not not && not.part() instanceof EventTypeCheck) {
      return 0;
    }
    if (part instanceof Nodes.And group && group.parts()[0] instanceof EventTypeCheck) {
      return 1;
    }
    if (onlyDenies(part)) {
      return 4;
    }
    return part instanceof Nodes.NumberCheck || part instanceof KnownNode ? 2 : 3;
  }

  private static boolean onlyDenies(Condition part) {
    if (part instanceof KnownNode known) {
      return onlyDenies(known.part());
    }
    return part instanceof Nodes.Not
        || part instanceof Nodes.And and && Stream.of(and.parts()).allMatch(Groups::onlyDenies);
  }
}
