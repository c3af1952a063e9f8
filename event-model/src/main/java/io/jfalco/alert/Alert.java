package io.jfalco.alert;

import java.util.List;
import java.util.SortedMap;

/**
 * One alert, complete and immutable: it holds copies of everything it needs, so it may leave the
 * event-loop thread.
 *
 * @param timestamp time of the event, nanoseconds since the epoch
 * @param priority priority of the rule
 * @param rule name of the rule
 * @param source source of the event, {@code syscall} for system calls
 * @param message output of the rule with its fields filled in, without time and priority
 * @param fields values of the output fields by name, sorted: Long, java.math.BigInteger (unsigned
 *     64-bit above Long.MAX_VALUE), Double, Boolean, String, List of these, or null where the event
 *     has no value
 * @param tags tags of the rule, sorted
 */
public record Alert(
    long timestamp,
    Priority priority,
    String rule,
    String source,
    String message,
    SortedMap<String, Object> fields,
    List<String> tags) {}
