package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;

/**
 * What an enter event told, kept until the exit event of the same call: the argument as it was
 * before another thread could change it.
 */
final class EnterEvent {
  final Bytes argument = new Bytes();
  EventType type;
  long dirfd;
  long flags;
}
