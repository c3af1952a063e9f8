package io.jfalco.condition.compile;

/** Constants any of which makes a check hold. Equal when the constants are. */
interface Alternatives {
  /** What holds when one of both holds; the other is of the same class. */
  Alternatives or(Alternatives other);
}
