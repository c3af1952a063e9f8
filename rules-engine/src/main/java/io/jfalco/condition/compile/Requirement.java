package io.jfalco.condition.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks of constants of which at least one holds whenever a condition does, by what they look at.
 */
record Requirement(Map<Subject, Alternatives> checks) {
  /** A choice of more is no help. */
  private static final int MOST = 6;

  /** What a condition requires; empty when nothing is known. */
  static Optional<Requirement> of(Condition condition) {
    if (condition instanceof KnownNode known) {
      return of(known.part());
    }
    if (condition instanceof Nodes.Or or) {
      return all(or.parts());
    }
    if (condition instanceof Nodes.And and) {
      return best(and.parts());
    }
    return Subject.necessary(condition)
        .map(check -> new Requirement(Map.of(check.subject(), check.alternatives())));
  }

  private static Optional<Requirement> all(Condition[] parts) {
    Map<Subject, Alternatives> joined = new LinkedHashMap<>();
    for (Condition part : parts) {
      Optional<Requirement> one = of(part);
      if (one.isEmpty()) {
        return one;
      }
      one.get().checks.forEach((subject, check) -> joined.merge(subject, check, Alternatives::or));
    }
    return joined.size() > MOST ? Optional.empty() : Optional.of(new Requirement(joined));
  }

  private static Optional<Requirement> best(Condition[] parts) {
    Optional<Requirement> best = Optional.empty();
    for (Condition part : parts) {
      Optional<Requirement> one = of(part);
      if (one.isPresent()
          && (best.isEmpty() || one.get().checks.size() < best.get().checks.size())) {
        best = one;
      }
    }
    return best;
  }
}
