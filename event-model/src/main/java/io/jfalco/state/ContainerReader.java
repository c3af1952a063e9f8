package io.jfalco.state;

import io.jfalco.event.Bytes;

/** Understands what events tell of containers. */
public interface ContainerReader {
  /** Understands nothing. */
  ContainerReader NONE = payload -> null;

  /**
   * Reads the description of a container.
   *
   * @param payload what the event carries
   * @return the metadata with at least the id, or null when the payload is not a description
   */
  ContainerInfo read(Bytes payload);
}
