package io.jfalco.condition.compile;

import io.jfalco.condition.ast.Modifier;
import io.jfalco.condition.ast.Operator;
import io.jfalco.event.ParamType;

/** Which operators fit which types. */
final class OperatorCheck {
  private OperatorCheck() {}

  /** Fails when the operator does not fit. */
  static void check(Source left, Operator operator, Modifier modifier) {
    String problem =
        left.list() ? listProblem(left.type(), operator) : problem(left.type(), operator, modifier);
    if (problem != null) {
      throw new CompileFailure("filter error: " + problem);
    }
  }

  private static String listProblem(ParamType type, Operator operator) {
    return switch (type) {
      case CHARBUF, UINT64, RELTIME, ABSTIME, BOOL, IPADDR, IPNET ->
          operator == Operator.IN || operator == Operator.INTERSECTS
              ? null
              : quoted(operator) + " operator not supported list filters";
      default -> "list filters are not supported for type '" + typeName(type) + "'";
    };
  }

  private static String problem(ParamType type, Operator operator, Modifier modifier) {
    return switch (Kind.of(type)) {
      case TEXT ->
          operator == Operator.BCONTAINS || operator == Operator.BSTARTSWITH
              ? unsupported(operator, "string filters")
              : null;
      case BUFFER -> fitsBuffer(operator) ? null : unsupported(operator, "buffer filters");
      case SIGNED, UNSIGNED, DOUBLE ->
          isEquality(operator) || operator.isOrder()
              ? null
              : unsupported(operator, "numeric filters");
      case BOOL -> isEquality(operator) ? null : unsupported(operator, "numeric filters");
      case ADDRESS, NETWORK -> addressProblem(operator, modifier);
      case OPAQUE -> quoted(operator) + " operator not supported for type '" + typeName(type) + "'";
    };
  }

  private static String addressProblem(Operator operator, Modifier modifier) {
    if (isEquality(operator)) {
      return null;
    }
    return modifier == Modifier.NONE
        ? unsupported(operator, "ip address and network filters")
        : quoted(operator) + " with modifier not supported for ip address and network filters";
  }

  private static boolean isEquality(Operator operator) {
    return switch (operator) {
      case EQ, EQ2, NE, IN, INTERSECTS -> true;
      default -> false;
    };
  }

  private static boolean fitsBuffer(Operator operator) {
    return switch (operator) {
      case CONTAINS, STARTSWITH, ENDSWITH, BCONTAINS, BSTARTSWITH -> true;
      default -> isEquality(operator);
    };
  }

  private static String unsupported(Operator operator, String what) {
    return quoted(operator) + " operator not supported for " + what;
  }

  private static String quoted(Operator operator) {
    return operator == Operator.EQ2 ? "'='" : "'" + operator.symbol() + "'";
  }

  /** Falco's name of a type in messages. */
  static String typeName(ParamType type) {
    return type == ParamType.DYN ? "DYNAMIC" : type.name();
  }
}
