package io.jfalco.event;

/** Where events of a type come from, and two marks that Falco keeps in the same number. */
public enum EventOrigin {
  WAIT,
  SCHEDULER,
  INTERNAL,
  SYSCALL,
  TRACEPOINT,
  PLUGIN,
  META,
  ITER
}
