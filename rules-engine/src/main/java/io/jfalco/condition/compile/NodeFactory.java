package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operator;
import io.jfalco.field.FieldFlag;
import java.util.List;

/** Makes the nodes of checks. */
final class NodeFactory {
  Condition exists(Reading reading) {
    return new Nodes.Exists(reading);
  }

  /** A check against constants. */
  Condition constants(
      Source left, Reading reading, Operator operator, Modifier modifier, List<String> constants) {
    boolean any =
        left.is(FieldFlag.ANY_VALUE)
            || left.is(FieldFlag.ANY_ENDPOINT) && operator != Operator.NE
            || left.list() && operator == Operator.INTERSECTS;
    boolean all =
        left.list() && operator == Operator.IN
            || left.is(FieldFlag.ANY_ENDPOINT) && operator == Operator.NE;
    if (left.kind().isNumber()) {
      NumberMatcher matcher = Matchers.numbers(left.type(), operator, modifier, constants);
      if (any) {
        return new Nodes.AnyNumber(reading, matcher);
      }
      return all
          ? new Nodes.AllNumbers(reading, matcher, left.list())
          : new Nodes.NumberCheck(reading, matcher);
    }
    BytesMatcher matcher = Matchers.bytes(left.type(), operator, modifier, constants);
    if (any) {
      return new Nodes.AnyBytes(reading, matcher);
    }
    return all
        ? new Nodes.AllBytes(reading, matcher, left.list())
        : new Nodes.BytesCheck(reading, matcher);
  }

  /** A check of two values of the event. */
  Condition pair(Source left, Reading leftReading, Operator operator, Reading rightReading) {
    boolean numbers = left.kind().isNumber();
    if (left.list()) {
      return new Nodes.ListPair(leftReading, rightReading, operator == Operator.IN, numbers);
    }
    return numbers
        ? new Nodes.NumberPair(leftReading, rightReading, Relations.numbers(left.kind(), operator))
        : new Nodes.BytesPair(leftReading, rightReading, Relations.bytes(operator));
  }
}
