package io.jfalco.cli;

import io.jfalco.condition.ConditionException;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.ast.Position;
import io.jfalco.condition.check.EventSearchException;
import io.jfalco.condition.check.EventTypes;
import io.jfalco.condition.compile.Condition;
import io.jfalco.condition.compile.ConditionCompiler;
import io.jfalco.condition.parse.ConditionParser;
import io.jfalco.event.EventTable;
import io.jfalco.event.Syscall;
import io.jfalco.field.FieldCatalog;
import java.util.BitSet;

/**
 * Which events are shown.
 *
 * @param condition holds for them
 * @param syscalls codes of the system calls that can be among them
 */
record EventFilter(Condition condition, BitSet syscalls) {
  /**
   * Compiles a condition as rules have it; without text it holds for all events.
   *
   * @throws UsageException when it is none; the message shows the place
   */
  static EventFilter of(String text, FieldCatalog catalog) throws UsageException {
    if (text.isBlank()) {
      BitSet all = new BitSet();
      EventTable.syscalls().stream().mapToInt(Syscall::code).forEach(all::set);
      return new EventFilter(context -> true, all);
    }
    try {
      Expr expression = ConditionParser.parse(text);
      Condition condition = new ConditionCompiler(catalog).compile(expression);
      return new EventFilter(condition, EventTypes.of(expression).syscalls());
    } catch (ConditionException e) {
      throw new UsageException(message(text, e.position(), e.getMessage()));
    } catch (EventSearchException e) {
      throw new UsageException("filter: " + e.getMessage());
    }
  }

  private static String message(String text, Position at, String problem) {
    String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
    return "filter:%d:%d: %s%n | %s%n | %s^"
        .formatted(at.line(), at.column(), problem, line, " ".repeat(Math.max(0, at.column() - 1)));
  }
}
