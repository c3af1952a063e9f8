package io.jfalco.rule;

import io.jfalco.condition.ast.Expr;
import java.util.List;

/**
 * Where the condition of a rule comes from.
 *
 * @param text condition as written, with the exceptions that have values behind it
 * @param expression the same as a tree, lists put in, macros by name; positions count from the
 *     start of the text with its lists put in
 * @param exceptions names of these exceptions, in their order: when there are any, the last parts
 *     of the expression are theirs
 */
public record RuleSource(String text, Expr expression, List<String> exceptions) {
  /** Copies the names. */
  public RuleSource {
    exceptions = List.copyOf(exceptions);
  }
}
