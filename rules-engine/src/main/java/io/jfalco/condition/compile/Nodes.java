package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.List;

/** The nodes of compiled conditions. They keep values and results: one thread owns them. */
final class Nodes {
  private Nodes() {}

  /** All of the parts. */
  static final class And extends SharedNode {
    private final Condition[] parts;
    private final Dependence dependence;

    And(Condition[] parts) {
      this.parts = parts;
      this.dependence = Dependence.of(List.of(parts));
    }

    @Override
    public Dependence dependence() {
      return dependence;
    }

    Condition[] parts() {
      return parts;
    }

    @Override
    boolean evaluate(EventContext context) {
      for (Condition part : parts) {
        if (!part.test(context)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one of the parts. */
  static final class Or extends SharedNode {
    private final Condition[] parts;
    private final Dependence dependence;

    Or(Condition[] parts) {
      this.parts = parts;
      this.dependence = Dependence.of(List.of(parts));
    }

    @Override
    public Dependence dependence() {
      return dependence;
    }

    Condition[] parts() {
      return parts;
    }

    @Override
    boolean evaluate(EventContext context) {
      for (Condition part : parts) {
        if (part.test(context)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The opposite. */
  record Not(Condition part) implements Node {
    @Override
    public Dependence dependence() {
      return Dependence.of(part);
    }

    @Override
    public boolean test(EventContext context) {
      return !part.test(context);
    }
  }

  /** The event has a value. */
  record Exists(Reading reading) implements Node {
    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    public boolean test(EventContext context) {
      return reading.read(context);
    }
  }

  /** The value matches. */
  static final class BytesCheck extends SharedNode {
    private final Reading reading;
    private final BytesMatcher matcher;

    BytesCheck(Reading reading, BytesMatcher matcher) {
      this.reading = reading;
      this.matcher = matcher;
    }

    Reading reading() {
      return reading;
    }

    BytesMatcher matcher() {
      return matcher;
    }

    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    boolean evaluate(EventContext context) {
      return reading.read(context) && matcher.matches(reading.value().text());
    }
  }

  /** The value matches. */
  record NumberCheck(Reading reading, NumberMatcher matcher) implements Node {
    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    public boolean test(EventContext context) {
      return reading.read(context) && matcher.matches(reading.value().number());
    }
  }

  /** At least one of the values matches. */
  static final class AnyBytes extends SharedNode {
    private final Reading reading;
    private final BytesMatcher matcher;

    AnyBytes(Reading reading, BytesMatcher matcher) {
      this.reading = reading;
      this.matcher = matcher;
    }

    Reading reading() {
      return reading;
    }

    BytesMatcher matcher() {
      return matcher;
    }

    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    boolean evaluate(EventContext context) {
      if (!reading.read(context)) {
        return false;
      }
      Value value = reading.value();
      for (int i = 0; i < value.count(); i++) {
        if (matcher.matches(value.text(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** At least one of the values matches. */
  record AnyNumber(Reading reading, NumberMatcher matcher) implements Node {
    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    public boolean test(EventContext context) {
      if (!reading.read(context)) {
        return false;
      }
      Value value = reading.value();
      for (int i = 0; i < value.count(); i++) {
        if (matcher.matches(value.number(i))) {
          return true;
        }
      }
      return false;
    }
  }

  /** All of the values match; {@code vacuous} tells whether that holds when there are none. */
  static final class AllBytes extends SharedNode {
    private final Reading reading;
    private final BytesMatcher matcher;
    private final boolean vacuous;

    AllBytes(Reading reading, BytesMatcher matcher, boolean vacuous) {
      this.reading = reading;
      this.matcher = matcher;
      this.vacuous = vacuous;
    }

    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    boolean evaluate(EventContext context) {
      if (!reading.read(context)) {
        return false;
      }
      Value value = reading.value();
      for (int i = 0; i < value.count(); i++) {
        if (!matcher.matches(value.text(i))) {
          return false;
        }
      }
      return vacuous || value.count() > 0;
    }
  }

  /** All of the values match; {@code vacuous} tells whether that holds when there are none. */
  record AllNumbers(Reading reading, NumberMatcher matcher, boolean vacuous) implements Node {
    @Override
    public Dependence dependence() {
      return reading.dependence();
    }

    @Override
    public boolean test(EventContext context) {
      if (!reading.read(context)) {
        return false;
      }
      Value value = reading.value();
      for (int i = 0; i < value.count(); i++) {
        if (!matcher.matches(value.number(i))) {
          return false;
        }
      }
      return vacuous || value.count() > 0;
    }
  }

  /** A comparison of two values of the event. */
  record BytesPair(Reading left, Reading right, BytesRelation relation) implements Node {
    @Override
    public Dependence dependence() {
      return left.dependence().and(right.dependence());
    }

    @Override
    public boolean test(EventContext context) {
      return left.read(context)
          && right.read(context)
          && relation.holds(left.value().text(), right.value().text());
    }
  }

  /** A comparison of two numbers of the event. */
  record NumberPair(Reading left, Reading right, NumberRelation relation) implements Node {
    @Override
    public Dependence dependence() {
      return left.dependence().and(right.dependence());
    }

    @Override
    public boolean test(EventContext context) {
      return left.read(context)
          && right.read(context)
          && relation.holds(left.value().number(), right.value().number());
    }
  }

  /** Values of one list that are in another: all of them, or any. */
  record ListPair(Reading left, Reading right, boolean all, boolean numbers) implements Node {
    @Override
    public Dependence dependence() {
      return left.dependence().and(right.dependence());
    }

    @Override
    public boolean test(EventContext context) {
      if (!left.read(context) || !right.read(context)) {
        return false;
      }
      for (int i = 0; i < left.value().count(); i++) {
        if (hasRight(i) != all) {
          return !all;
        }
      }
      return all;
    }

    private boolean hasRight(int index) {
      for (int i = 0; i < right.value().count(); i++) {
        boolean same =
            numbers
                ? left.value().number(index) == right.value().number(i)
                : left.value().text(index).sameAs(right.value().text(i));
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
