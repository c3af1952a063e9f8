package io.jfalco.condition.compile;

/** A condition that knows what its result depends on. */
interface Node extends Condition {
  Dependence dependence();
}
