package io.jfalco.field;

/** Properties of a field. */
public enum FieldFlag {
  /** The field must be given an argument. */
  ARG_REQUIRED,
  /** The field may be given an argument. */
  ARG_ALLOWED,
  /** The argument may be an index. */
  ARG_INDEX,
  /** The argument may be a key. */
  ARG_KEY,
  /**
   * The argument may follow the name after a dot, {@code evt.arg.flags}: all that follows the name
   * goes to the binder, brackets too.
   */
  ARG_DOTTED,
  /** Mistakes behind the name have messages of their own; goes to the binder like ARG_DOTTED. */
  ARG_REST,
  /** The field has a list of values. */
  LIST,
  /** Only in conditions. */
  FILTER_ONLY,
  /** Only in outputs. */
  PRINT_ONLY,
  /** Not on the right side of a check. */
  NO_RHS,
  /** Takes no transformer. */
  NO_TRANSFORMER,
  /** For tables of other tools; not listed. */
  TABLE_ONLY,
  /** Accepted with a warning; not listed. */
  DEPRECATED,
  /** Several values; a check holds when it holds for any of them (ancestors). */
  ANY_VALUE,
  /** As ANY_VALUE, but != holds when all values differ (both ends of a connection). */
  ANY_ENDPOINT,
  /**
   * Depends on nothing but the state of the event's own thread, that of its main thread, and the
   * tables of users and groups: not on the event, its time, descriptors or memory. So a result may
   * be kept as long as their generations do not change. What else such a field comes to read must
   * change one of these numbers.
   */
  PROCESS_STATE,
  /** As PROCESS_STATE, but reads ancestors too: a result is kept until the lineage changes. */
  LINEAGE,
  /** Defined by a plugin: mistakes in its argument are told as plugins' fields tell them. */
  PLUGIN,
  /** A time as text; as JSON it is the event's time in nanoseconds. */
  TIME_TEXT
}
