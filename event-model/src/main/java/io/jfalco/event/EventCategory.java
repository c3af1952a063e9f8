package io.jfalco.event;

/** Category of an event type: the low six bits of Falco's category number. */
public enum EventCategory {
  UNKNOWN,
  OTHER,
  FILE,
  NET,
  IPC,
  MEMORY,
  PROCESS,
  SLEEP,
  SYSTEM,
  SIGNAL,
  USER,
  TIME,
  PROCESSING,
  IO_READ,
  IO_WRITE,
  IO_OTHER
}
