package io.jfalco.condition.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one check of several in a group that compare the same value with constants: {@code fd.name
 * = a or fd.name in (b, c) or fd.name startswith /d}, or the same with {@code and not}. Nothing but
 * checks that hold for any of their constants is merged, so for missing values and for fields with
 * several values the result is that of the single checks.
 */
final class SiblingChecks {
  private final Map<Subject.Check, Condition> made = new HashMap<>();

  /** The parts of a group, with as few checks as can be. */
  List<Condition> merge(boolean and, List<Condition> parts) {
    Map<Object, List<Condition>> merged = new LinkedHashMap<>();
    for (Condition part : parts) {
      Object key = check(and, part).<Object>map(Subject.Check::subject).orElse(part);
      merged.computeIfAbsent(key, k -> new ArrayList<>()).add(part);
    }
    if (merged.size() == parts.size()) {
      return parts;
    }
    return merged.values().stream().map(same -> one(and, same)).toList();
  }

  /** The check that a part makes; in an {@code and}, that it denies. */
  private static Optional<Subject.Check> check(boolean and, Condition part) {
    if (!and) {
      return Subject.same(part);
    }
    return part instanceof Nodes.Not not ? Subject.same(not.part()) : Optional.empty();
  }

  private Condition one(boolean and, List<Condition> same) {
    Optional<Subject.Check> first = check(and, same.get(0));
    if (same.size() == 1 || first.isEmpty()) {
      return same.get(0);
    }
    Alternatives all = first.get().alternatives();
    for (Condition part : same.subList(1, same.size())) {
      all = all.or(check(and, part).orElseThrow().alternatives());
    }
    Condition node = node(new Subject.Check(first.get().subject(), all));
    return and ? new Nodes.Not(node) : node;
  }

  private Condition node(Subject.Check check) {
    Condition known = made.get(check);
    if (known == null) {
      known = check.toNode();
      made.put(check, known);
    } else if (known instanceof SharedNode node) {
      node.share();
    }
    return known;
  }
}
