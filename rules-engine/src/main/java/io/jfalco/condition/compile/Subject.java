package io.jfalco.condition.compile;

import java.util.Optional;

/**
 * What checks look at.
 *
 * @param reading the value
 * @param anyValue true when any of its values may satisfy a check, false when the first must
 */
record Subject(Reading reading, boolean anyValue) {
  /** A check of a subject. */
  record Check(Subject subject, Alternatives alternatives) {
    /** The check as a node of its own. */
    Condition toNode() {
      Reading reading = subject.reading();
      if (alternatives instanceof BytesMatcher bytes) {
        return subject.anyValue()
            ? new Nodes.AnyBytes(reading, bytes)
            : new Nodes.BytesCheck(reading, bytes);
      }
      NumberMatcher numbers = (NumberMatcher) alternatives;
      return subject.anyValue()
          ? new Nodes.AnyNumber(reading, numbers)
          : new Nodes.NumberCheck(reading, numbers);
    }
  }

  /** The check that is the same as the node. */
  static Optional<Check> same(Condition node) {
    if (node instanceof Nodes.BytesCheck text && text.matcher() instanceof Alternatives all) {
      return Optional.of(new Check(new Subject(text.reading(), false), all));
    }
    if (node instanceof Nodes.AnyBytes text && text.matcher() instanceof Alternatives all) {
      return Optional.of(new Check(new Subject(text.reading(), true), all));
    }
    if (node instanceof Nodes.NumberCheck number && number.matcher() instanceof Alternatives all) {
      return Optional.of(new Check(new Subject(number.reading(), false), all));
    }
    if (node instanceof Nodes.AnyNumber number && number.matcher() instanceof Alternatives all) {
      return Optional.of(new Check(new Subject(number.reading(), true), all));
    }
    return Optional.empty();
  }

  /** A check that holds whenever the node does. */
  static Optional<Check> necessary(Condition node) {
    if (node instanceof Nodes.BytesCheck text) {
      return text.matcher().necessary().map(t -> new Check(new Subject(text.reading(), false), t));
    }
    if (node instanceof Nodes.AnyBytes text) {
      return text.matcher().necessary().map(t -> new Check(new Subject(text.reading(), true), t));
    }
    return same(node);
  }
}
