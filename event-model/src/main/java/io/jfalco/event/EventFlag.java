package io.jfalco.event;

/** Properties of an event type. */
public enum EventFlag {
  CREATES_FD,
  DESTROYS_FD,
  USES_FD,
  READS_FD,
  WRITES_FD,
  MODIFIES_STATE,
  UNUSED,
  WAITS,
  SKIPPARSERESET,
  OLD_VERSION,
  LARGE_PAYLOAD,
  CONVERTED
}
