package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/** A part whose result is kept for each process. */
final class KnownNode implements Node {
  private final Condition part;
  private final ProcessResults results;
  private final int index;

  KnownNode(Condition part, ProcessResults results, int index) {
    this.part = part;
    this.results = results;
    this.index = index;
  }

  /** What finds the result. */
  Condition part() {
    return part;
  }

  /** A node whose results are kept in the same place. */
  KnownNode sibling(Condition other) {
    return results.node(other);
  }

  @Override
  public Dependence dependence() {
    return Dependence.of(part);
  }

  @Override
  public boolean test(EventContext context) {
    return results.test(part, index, context);
  }
}
