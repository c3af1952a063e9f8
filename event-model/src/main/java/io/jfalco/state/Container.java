package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;

/** What the cgroup path tells of a container: immutable. Metadata from the runtime comes later. */
public final class Container {
  /** No container. */
  public static final Container HOST = new Container("host", "host", "host");

  private final String type;
  private final byte[] id;
  private final byte[] fullId;

  Container(String type, String id, String fullId) {
    this.type = type;
    this.id = id.getBytes(StandardCharsets.UTF_8);
    this.fullId = fullId.getBytes(StandardCharsets.UTF_8);
  }

  /** Runtime: docker, cri-o, containerd, podman, lxc, ..., or host. */
  public String type() {
    return type;
  }

  /** Looks at the first 12 characters of the id, or {@code host}. */
  public void id(Bytes out) {
    out.view(id, 0, id.length);
  }

  /** Looks at the whole id, or {@code host}. */
  public void fullId(Bytes out) {
    out.view(fullId, 0, fullId.length);
  }

  /** True on the host. */
  public boolean isHost() {
    return this == HOST;
  }
}
