package io.jfalco.condition.ast;

import java.util.List;
import java.util.Optional;

/** One side of a check. Immutable. */
public sealed interface Operand {
  /** Where the operand starts in its condition. */
  Position position();

  /** A field with its argument: {@code proc.aname[2]}, {@code proc.env["A B"]}. */
  record Field(String name, Optional<String> argument, Position position) implements Operand {}

  /**
   * A transformer: {@code tolower(x)}, {@code join(",", (a, b))}, {@code val(x)}; with what stands
   * in brackets behind it, as in {@code getopt(proc.args, "a:")[a]}.
   */
  record Transformer(
      String name, List<Operand> arguments, Optional<String> argument, Position position)
      implements Operand {
    public Transformer {
      arguments = List.copyOf(arguments);
    }

    /** A transformer with nothing in brackets behind it. */
    public Transformer(String name, List<Operand> arguments, Position position) {
      this(name, arguments, Optional.empty(), position);
    }
  }

  /** A text, number or the like as written, without its quotes and escapes. */
  record Literal(String text, boolean quoted, Position position) implements Operand {}

  /** A list: {@code (a, b)}; of literals on the right side, of operands in a transformer. */
  record ListOf(List<Operand> items, Position position) implements Operand {
    public ListOf {
      items = List.copyOf(items);
    }
  }
}
