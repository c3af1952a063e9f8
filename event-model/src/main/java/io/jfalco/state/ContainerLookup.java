package io.jfalco.state;

/**
 * Finds what the runtime knows of a container whose cgroup path was seen for the first time. Called
 * on the event-loop thread, once for each container; must not wait.
 */
public interface ContainerLookup {
  /** Finds nothing: for captures, which carry all that was known. */
  ContainerLookup NONE = container -> null;

  /** Only what the cgroup path itself tells: runtime and id. */
  ContainerLookup OF_PATH =
      container ->
          new ContainerInfo.Builder()
              .text(ContainerInfo.Text.TYPE, container.type())
              .text(ContainerInfo.Text.FULL_ID, container.fullId())
              .incomplete()
              .build();

  /**
   * Looks for the metadata of a container.
   *
   * @return the metadata, or null when nothing is known now; {@link ContainerTable#put} may follow
   */
  ContainerInfo find(Container container);
}
