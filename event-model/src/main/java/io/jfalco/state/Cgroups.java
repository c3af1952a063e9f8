package io.jfalco.state;

import io.jfalco.event.Bytes;

/**
 * A set of cgroup paths, shared by all threads that are in it, with the container that they name.
 * Immutable.
 */
public final class Cgroups {
  /** No cgroup is known. */
  static final Cgroups NONE = new Cgroups(new byte[0], new byte[0], Container.HOST);

  /** The bytes as events carry them. */
  final byte[] raw;

  private final byte[] text;
  private final Container container;

  Cgroups(byte[] raw, byte[] text, Container container) {
    this.raw = raw;
    this.text = text;
    this.container = container;
  }

  /** Looks at {@code subsystem=path} entries, each followed by a NUL byte. */
  public void text(Bytes out) {
    out.view(text, 0, text.length);
  }

  /** Looks at the entries as events and capture files carry them. */
  public void raw(Bytes out) {
    out.view(raw, 0, raw.length);
  }

  /** The container, {@link Container#HOST} when the paths name none. */
  public Container container() {
    return container;
  }
}
