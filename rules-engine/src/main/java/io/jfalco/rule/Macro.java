package io.jfalco.rule;

import io.jfalco.condition.ast.Expr;

/**
 * A loaded macro.
 *
 * @param name name
 * @param condition condition as written, with what was appended
 * @param source condition with lists put in, other macros by name
 * @param expression condition with lists and macros resolved
 * @param used true when a rule or macro uses it
 */
public record Macro(String name, String condition, Expr source, Expr expression, boolean used) {}
