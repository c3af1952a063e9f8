package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * A container that cgroup paths name, with what is known of it. One object for each container, see
 * {@link ContainerTable}; owned by the event-loop thread.
 */
public final class Container {
  /** No container. */
  public static final Container HOST = host();

  private final String type;
  private final String fullIdText;
  private final byte[] id;
  private ContainerInfo info;

  /** Users and groups of the container as of {@link #namesSeen}; for {@link UserTable}. */
  UserTable.Names names;

  long namesSeen;

  Container(String type, String id, String fullId) {
    this.type = type;
    this.fullIdText = fullId;
    this.id = id.getBytes(StandardCharsets.UTF_8);
  }

  private static Container host() {
    Container host = new Container("host", "host", "host");
    host.info =
        new ContainerInfo.Builder()
            .text(ContainerInfo.Text.ID, "host")
            .text(ContainerInfo.Text.FULL_ID, "host")
            .text(ContainerInfo.Text.NAME, "host")
            .text(ContainerInfo.Text.TYPE, "host")
            .build();
    return host;
  }

  /** Runtime as the cgroup path tells it: docker, cri, containerd, podman, lxc ... or host. */
  public String type() {
    return type;
  }

  /** The whole id as the cgroup path tells it, or {@code host}. */
  public String fullId() {
    return fullIdText;
  }

  /** Looks at the first 12 characters of the id, or {@code host}. */
  public void id(Bytes out) {
    out.view(id, 0, id.length);
  }

  /** What the runtime knows of the container, or null as long as nobody told. */
  public ContainerInfo info() {
    return info;
  }

  /** Changes what is known. */
  void info(ContainerInfo metadata) {
    info = metadata;
  }

  /** True on the host. */
  public boolean isHost() {
    return this == HOST;
  }
}
