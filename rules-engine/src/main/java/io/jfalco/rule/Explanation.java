package io.jfalco.rule;

import io.jfalco.condition.ast.Position;
import java.util.List;
import java.util.Optional;

/**
 * Why a rule did or did not match an event: its condition as a tree, each part with its result.
 * Immutable; holds nothing of the event.
 *
 * @param kind what the part is
 * @param text the part as text, in one line; the name for a macro
 * @param result true when the part holds
 * @param value what the check read from the event; empty for other parts, and when there was none
 * @param lists lists whose items the check compares with
 * @param exception the exception of the rule that the part is made of
 * @param position where the part starts in the text of the rule or macro that it stands in, once
 *     the lists are put in there
 * @param parts what it is made of; for a macro its condition
 */
public record Explanation(
    Kind kind,
    String text,
    boolean result,
    Optional<String> value,
    List<String> lists,
    Optional<String> exception,
    Position position,
    List<Explanation> parts) {

  /** Kinds of parts. */
  public enum Kind {
    AND,
    OR,
    NOT,
    MACRO,
    CHECK
  }

  /** Copies the lists. */
  public Explanation {
    lists = List.copyOf(lists);
    parts = List.copyOf(parts);
  }

  Explanation ofException(String name) {
    return new Explanation(kind, text, result, value, lists, Optional.of(name), position, parts);
  }
}
