package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes groups of nodes, each group of the same parts once. Parts are tested cheapest first: tests
 * have no effects, so their order does not change results.
 */
final class Groups {
  private record Key(boolean and, List<Condition> parts) {}

  private final Map<Key, SharedNode> known = new HashMap<>();

  Condition and(List<Condition> parts) {
    return group(true, parts);
  }

  Condition or(List<Condition> parts) {
    return group(false, parts);
  }

  private Condition group(boolean and, List<Condition> parts) {
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

  /** Tests of the event's type, groups that begin with one, numbers, all others. */
  private static int cost(Condition part) {
    if (part instanceof Nodes.Not not) {
      return cost(not.part());
    }
    if (part instanceof EventTypeCheck) {
      return 0;
    }
    if (part instanceof Nodes.And group && group.parts()[0] instanceof EventTypeCheck) {
      return 1;
    }
    return part instanceof Nodes.NumberCheck ? 2 : 3;
  }
}
