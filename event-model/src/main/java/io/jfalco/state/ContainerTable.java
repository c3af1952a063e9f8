package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The containers of the host, by the first 12 characters of their ids: those that cgroup paths have
 * named, and those whose metadata are known. Bounded; the oldest goes first. Owned by the
 * event-loop thread.
 */
public final class ContainerTable {
  private static final int LIMIT = 8192;

  /** Runtimes that have nobody to ask: what the path tells is all. */
  private static final Set<String> WITHOUT_SERVICE = Set.of("lxc", "libvirt-lxc", "bpm");

  private final HostState state;
  private final Map<String, Container> containers = new LinkedHashMap<>();
  private ContainerLookup lookup = ContainerLookup.OF_PATH;
  private ContainerReader reader = ContainerReader.NONE;

  ContainerTable(HostState state) {
    this.state = state;
  }

  /** Sets who is asked for containers that are seen for the first time. */
  public void lookup(ContainerLookup service) {
    lookup = service;
  }

  /** Sets who understands the payload of events that tell of containers. */
  public void reader(ContainerReader payloads) {
    reader = payloads;
  }

  ContainerReader reader() {
    return reader;
  }

  /** Adds or replaces what is known of a container. */
  public void put(ContainerInfo info) {
    String id = id(info);
    if (id.isEmpty()) {
      return;
    }
    Container container = containers.get(id);
    if (container == null) {
      container = new Container("", id, id);
      add(id, container);
    }
    change(container, info);
  }

  /** Forgets what is known of a container. */
  public void remove(ContainerInfo info) {
    Container container = containers.get(id(info));
    if (container != null) {
      change(container, null);
      state.users().forget(id(info));
    }
  }

  /**
   * What is known of the container with this id (first 12 characters; empty for the host), or null.
   */
  public ContainerInfo find(String id) {
    Container container = id.isEmpty() ? Container.HOST : containers.get(id);
    return container == null ? null : container.info();
  }

  /** Visits what is known of containers; the table must not change meanwhile. */
  public void forEach(Consumer<ContainerInfo> visitor) {
    for (Container container : containers.values()) {
      if (container.info() != null) {
        visitor.accept(container.info());
      }
    }
  }

  /** The one object for a container that a cgroup path names. */
  Container intern(Container named) {
    if (named.isHost()) {
      return named;
    }
    Bytes id = new Bytes();
    named.id(id);
    Container known = containers.get(id.toString());
    if (known != null && known.info() != null) {
      return known;
    }
    Container container = known == null ? named : known;
    if (known == null) {
      add(id.toString(), container);
    }
    ContainerInfo found =
        WITHOUT_SERVICE.contains(named.type()) ? ofPath(named) : lookup.find(named);
    if (found != null) {
      change(container, found);
    }
    return container;
  }

  private static ContainerInfo ofPath(Container named) {
    Bytes id = new Bytes();
    named.id(id);
    return new ContainerInfo.Builder()
        .text(ContainerInfo.Text.ID, id.toString())
        .text(ContainerInfo.Text.TYPE, named.type())
        .build();
  }

  private void add(String id, Container container) {
    if (containers.size() >= LIMIT) {
      containers.remove(containers.keySet().iterator().next());
      state.touchContainers();
      state.counters().evictedContainers++;
    }
    containers.put(id, container);
  }

  private void change(Container container, ContainerInfo info) {
    container.info(info);
    state.touchContainers();
  }

  private static String id(ContainerInfo info) {
    return info.text(ContainerInfo.Text.ID).toString();
  }
}
