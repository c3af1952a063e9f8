package io.jfalco.rule;

import io.jfalco.alert.Priority;
import io.jfalco.condition.ast.Expr;
import io.jfalco.condition.compile.Condition;
import io.jfalco.event.EventType;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * A loaded, checked and compiled rule. Immutable.
 *
 * @param index position in load order, from 0
 * @param name name
 * @param description what it detects
 * @param source event source
 * @param priority priority
 * @param enabled false when switched off
 * @param tags tags, sorted
 * @param output output as written
 * @param expression condition with macros and lists resolved
 * @param condition compiled condition
 * @param template compiled output
 * @param eventTypes event types that the condition can match
 * @param syscalls codes of the system calls that must be captured for it
 */
public record Rule(
    int index,
    String name,
    String description,
    String source,
    Priority priority,
    boolean enabled,
    List<String> tags,
    String output,
    Expr expression,
    Condition condition,
    AlertTemplate template,
    Set<EventType> eventTypes,
    BitSet syscalls) {}
