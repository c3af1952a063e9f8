package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Extractor;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;

/** The nodes of compiled conditions. Each keeps its own scratch value: one thread owns them. */
final class Nodes {
  private Nodes() {}

  /** All of the parts. */
  static final class And implements Condition {
    private final Condition[] parts;

    And(Condition[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean test(EventContext context) {
      for (Condition part : parts) {
        if (!part.test(context)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one of the parts. */
  static final class Or implements Condition {
    private final Condition[] parts;

    Or(Condition[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean test(EventContext context) {
      for (Condition part : parts) {
        if (part.test(context)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean test(EventContext context) {
      return !part.test(context);
    }
  }

  /** The event has a value. */
  record Exists(Extractor extractor, Value value) implements Condition {
    @Override
    public boolean test(EventContext context) {
      return extractor.extract(context, value.clear());
    }
  }

  /** The value matches. */
  record BytesCheck(Extractor extractor, BytesMatcher matcher, Value value) implements Condition {
    @Override
    public boolean test(EventContext context) {
      return extractor.extract(context, value.clear()) && matcher.matches(value.text());
    }
  }

  /** The value matches. */
  record NumberCheck(Extractor extractor, NumberMatcher matcher, Value value) implements Condition {
    @Override
    public boolean test(EventContext context) {
      return extractor.extract(context, value.clear()) && matcher.matches(value.number());
    }
  }

  /** At least one of the values matches. */
  record AnyBytes(Extractor extractor, BytesMatcher matcher, Value value) implements Condition {
    @Override
    public boolean test(EventContext context) {
      if (!extractor.extract(context, value.clear())) {
        return false;
      }
      for (int i = 0; i < value.count(); i++) {
        if (matcher.matches(value.text(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** At least one of the values matches. */
  record AnyNumber(Extractor extractor, NumberMatcher matcher, Value value) implements Condition {
    @Override
    public boolean test(EventContext context) {
      if (!extractor.extract(context, value.clear())) {
        return false;
      }
      for (int i = 0; i < value.count(); i++) {
        if (matcher.matches(value.number(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** All of the values match; {@code vacuous} tells whether that holds when there are none. */
  record AllBytes(Extractor extractor, BytesMatcher matcher, boolean vacuous, Value value)
      implements Condition {
    @Override
    public boolean test(EventContext context) {
      if (!extractor.extract(context, value.clear())) {
        return false;
      }
      for (int i = 0; i < value.count(); i++) {
        if (!matcher.matches(value.text(i))) {
          return false;
        }
      }
      return vacuous || value.count() > 0;
    }
  }

  /** All of the values match; {@code vacuous} tells whether that holds when there are none. */
  record AllNumbers(Extractor extractor, NumberMatcher matcher, boolean vacuous, Value value)
      implements Condition {
    @Override
    public boolean test(EventContext context) {
      if (!extractor.extract(context, value.clear())) {
        return false;
      }
      for (int i = 0; i < value.count(); i++) {
        if (!matcher.matches(value.number(i))) {
          return false;
        }
      }
      return vacuous || value.count() > 0;
    }
  }

  /** A comparison of two values of the event. */
  record BytesPair(
      Extractor left, Extractor right, BytesRelation relation, Value leftValue, Value rightValue)
      implements Condition {
    @Override
    public boolean test(EventContext context) {
      return left.extract(context, leftValue.clear())
          && right.extract(context, rightValue.clear())
          && relation.holds(leftValue.text(), rightValue.text());
    }
  }

  /** A comparison of two numbers of the event. */
  record NumberPair(
      Extractor left, Extractor right, NumberRelation relation, Value leftValue, Value rightValue)
      implements Condition {
    @Override
    public boolean test(EventContext context) {
      return left.extract(context, leftValue.clear())
          && right.extract(context, rightValue.clear())
          && relation.holds(leftValue.number(), rightValue.number());
    }
  }

  /** Values of one list that are in another: all of them, or any. */
  record ListPair(
      Extractor left,
      Extractor right,
      boolean all,
      boolean numbers,
      Value leftValue,
      Value rightValue)
      implements Condition {
    @Override
    public boolean test(EventContext context) {
      if (!left.extract(context, leftValue.clear())
          || !right.extract(context, rightValue.clear())) {
        return false;
      }
      for (int i = 0; i < leftValue.count(); i++) {
        if (hasRight(i) != all) {
          return !all;
        }
      }
      return all;
    }

    private boolean hasRight(int index) {
      for (int i = 0; i < rightValue.count(); i++) {
        boolean same =
            numbers
                ? leftValue.number(index) == rightValue.number(i)
                : leftValue.text(index).sameAs(rightValue.text(i));
        if (same) {
          return true;
        }
      }
      return false;
    }
  }

  /** How two texts compare. */
  interface BytesRelation {
    boolean holds(Bytes left, Bytes right);
  }

  /** How two numbers compare. */
  interface NumberRelation {
    boolean holds(long left, long right);
  }
}
