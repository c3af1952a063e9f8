package io.jfalco.condition.compile;

import io.jfalco.state.EventContext;

/**
 * A node that may belong to several conditions, or to several places of one. Such a node finds its
 * result once for an evaluation; nodes with one parent do not spend time on that.
 */
abstract class SharedNode implements Node {
  private boolean shared;
  private long evaluation;
  private boolean result;

  /** The node has one more parent than it was made for. */
  final void share() {
    shared = true;
  }

  @Override
  public final boolean test(EventContext context) {
    if (!shared) {
      return evaluate(context);
    }
    long now = context.evaluation();
    if (evaluation != now) {
      result = evaluate(context);
      evaluation = now;
    }
    return result;
  }

  /** Finds the result. */
  abstract boolean evaluate(EventContext context);
}
