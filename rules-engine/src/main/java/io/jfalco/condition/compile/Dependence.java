package io.jfalco.condition.compile;

import io.jfalco.field.FieldFlag;

/** What must change before a value or a result can change. From least to most. */
enum Dependence {
  /** The state of the thread and its process. */
  PROCESS,
  /** That, or the state of ancestors. */
  LINEAGE,
  /** Anything: with every event the result may be another. */
  EVENT;

  static Dependence of(Source source) {
    if (source.is(FieldFlag.PROCESS_STATE)) {
      return PROCESS;
    }
    return source.is(FieldFlag.LINEAGE) ? LINEAGE : EVENT;
  }

  static Dependence of(Condition condition) {
    return condition instanceof Node node ? node.dependence() : EVENT;
  }

  /** What depends on both. */
  Dependence and(Dependence other) {
    return compareTo(other) >= 0 ? this : other;
  }

  static Dependence of(Iterable<Condition> parts) {
    Dependence all = PROCESS;
    for (Condition part : parts) {
      all = all.and(of(part));
    }
    return all;
  }
}
