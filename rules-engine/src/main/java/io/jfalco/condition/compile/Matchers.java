package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operator;
import io.jfalco.event.ParamType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns an operator and its constants into a matcher. */
final class Matchers {
  private Matchers() {}

  /** For text, buffers, addresses and networks. */
  static BytesMatcher bytes(
      ParamType type, Operator operator, Modifier modifier, List<String> constants) {
    Kind kind = Kind.of(type);
    if (kind == Kind.NETWORK) {
      return networks(operator, modifier, constants);
    }
    List<byte[]> values = new ArrayList<>();
    for (String constant : constants) {
      values.add(bytesConstant(kind, type, operator, constant));
    }
    boolean member =
        operator == Operator.IN
            || operator == Operator.INTERSECTS
            || isEqual(operator) && modifier == Modifier.ANYOF;
    if (operator == Operator.PMATCH) {
      return new PathPrefixes(values);
    }
    List<byte[]> anyOf = member || modifier == Modifier.ANYOF ? values : List.of();
    if (!member && modifier == Modifier.NONE && !values.isEmpty()) {
      anyOf = values.subList(0, 1);
    }
    Optional<TextAlternatives> alternatives = TextAlternatives.of(operator, anyOf);
    if (alternatives.isPresent()) {
      return alternatives.get();
    }
    BytesMatcher[] parts = new BytesMatcher[values.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          operator == Operator.REGEX
              ? PosixRegex.of(constants.get(i))
              : TextMatchers.of(operator, values.get(i));
    }
    return BytesMatcher.counting(modifier, parts);
  }

  private static byte[] bytesConstant(
      Kind kind, ParamType type, Operator operator, String constant) {
    if (kind == Kind.ADDRESS) {
      return Literals.address(constant, type);
    }
    if (kind == Kind.TEXT) {
      return Literals.text(constant);
    }
    return operator == Operator.BCONTAINS || operator == Operator.BSTARTSWITH
        ? Literals.hexadecimal(constant)
        : Literals.buffer(constant);
  }

  private static BytesMatcher networks(
      Operator operator, Modifier modifier, List<String> constants) {
    BytesMatcher[] parts = new BytesMatcher[constants.size()];
    Set<Network> networks = new LinkedHashSet<>();
    for (int i = 0; i < parts.length; i++) {
      Network network = Literals.network(constants.get(i));
      networks.add(network);
      parts[i] = operator == Operator.NE ? value -> !network.matches(value) : network;
    }
    boolean list = operator == Operator.IN || operator == Operator.INTERSECTS;
    boolean single = modifier == Modifier.NONE && parts.length == 1;
    boolean anyOf = list || isEqual(operator) && (single || modifier == Modifier.ANYOF);
    if (anyOf && !networks.isEmpty()) {
      return new NetworkSet(networks);
    }
    return BytesMatcher.counting(list ? Modifier.ANYOF : modifier, parts);
  }

  /** For numbers, truth values and ports. */
  static NumberMatcher numbers(
      ParamType type, Operator operator, Modifier modifier, List<String> constants) {
    Kind kind = Kind.of(type);
    long[] values = new long[constants.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Literals.number(constants.get(i), type);
    }
    boolean list = operator == Operator.IN || operator == Operator.INTERSECTS;
    boolean single = isEqual(operator) && modifier == Modifier.NONE && values.length == 1;
    if (kind != Kind.DOUBLE
        && values.length > 0
        && (list || single || isEqual(operator) && modifier == Modifier.ANYOF)) {
      return new LongSet(values);
    }
    NumberMatcher[] parts = new NumberMatcher[values.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = NumberMatchers.of(kind, operator, values[i]);
    }
    return NumberMatcher.counting(list ? Modifier.ANYOF : modifier, parts);
  }

  private static boolean isEqual(Operator operator) {
    return operator == Operator.EQ || operator == Operator.EQ2;
  }
}
