package io.jfalco.condition.ast;

import java.util.Optional;

/** Binary operators. {@code exists} is an expression of its own. */
public enum Operator {
  EQ("="),
  EQ2("=="),
  NE("!="),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">="),
  GLOB("glob"),
  IGLOB("iglob"),
  CONTAINS("contains"),
  ICONTAINS("icontains"),
  BCONTAINS("bcontains"),
  STARTSWITH("startswith"),
  BSTARTSWITH("bstartswith"),
  ENDSWITH("endswith"),
  REGEX("regex"),
  IN("in"),
  INTERSECTS("intersects"),
  PMATCH("pmatch");

  private final String symbol;

  Operator(String symbol) {
    this.symbol = symbol;
  }

  /** As written in a condition. */
  public String symbol() {
    return symbol;
  }

  /** The operator written this way. */
  public static Optional<Operator> parse(String symbol) {
    for (Operator operator : values()) {
      if (operator.symbol.equals(symbol)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** True for the operators whose right side is a list. */
  public boolean isList() {
    return this == IN || this == INTERSECTS || this == PMATCH;
  }

  /** True for the orders of numbers. */
  public boolean isOrder() {
    return this == LT || this == LE || this == GT || this == GE;
  }
}
