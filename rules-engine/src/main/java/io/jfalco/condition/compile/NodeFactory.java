package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operator;
import io.jfalco.field.Extractor;
import io.jfalco.field.FieldFlag;
import io.jfalco.field.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes all nodes: the one place where equal nodes could be shared and results of nodes that depend
 * on process state only ({@link FieldFlag#PROCESS_STATE}) could be kept.
 */
final class NodeFactory {
  Condition and(List<Condition> parts) {
    return new Nodes.And(cheapestFirst(parts));
  }

  Condition or(List<Condition> parts) {
    return new Nodes.Or(cheapestFirst(parts));
  }

  /** Tests of the event's type go first; the others keep their order. */
  private static Condition[] cheapestFirst(List<Condition> parts) {
    List<Condition> ordered = new ArrayList<>();
    for (Condition part : parts) {
      if (isCheap(part)) {
        ordered.add(part);
      }
    }
    for (Condition part : parts) {
      if (!isCheap(part)) {
        ordered.add(part);
      }
    }
    return ordered.toArray(new Condition[0]);
  }

  private static boolean isCheap(Condition part) {
    return part instanceof EventTypeCheck
        || part instanceof Nodes.Not not && not.part() instanceof EventTypeCheck;
  }

  Condition not(Condition part) {
    return part instanceof Nodes.Not not ? not.part() : new Nodes.Not(part);
  }

  Condition exists(Source source) {
    return new Nodes.Exists(source.extractor(), new Value());
  }

  /** A check against constants. */
  Condition constants(Source left, Operator operator, Modifier modifier, List<String> constants) {
    Extractor extractor = left.extractor();
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
        return new Nodes.AnyNumber(extractor, matcher, new Value());
      }
      return all
          ? new Nodes.AllNumbers(extractor, matcher, left.list(), new Value())
          : new Nodes.NumberCheck(extractor, matcher, new Value());
    }
    BytesMatcher matcher = Matchers.bytes(left.type(), operator, modifier, constants);
    if (any) {
      return new Nodes.AnyBytes(extractor, matcher, new Value());
    }
    return all
        ? new Nodes.AllBytes(extractor, matcher, left.list(), new Value())
        : new Nodes.BytesCheck(extractor, matcher, new Value());
  }

  /** A check of two values of the event. */
  Condition pair(Source left, Operator operator, Source right) {
    boolean numbers = left.kind().isNumber();
    if (left.list()) {
      return new Nodes.ListPair(
          left.extractor(),
          right.extractor(),
          operator == Operator.IN,
          numbers,
          new Value(),
          new Value());
    }
    return numbers
        ? new Nodes.NumberPair(
            left.extractor(),
            right.extractor(),
            Relations.numbers(left.kind(), operator),
            new Value(),
            new Value())
        : new Nodes.BytesPair(
            left.extractor(),
            right.extractor(),
            Relations.bytes(operator),
            new Value(),
            new Value());
  }
}
