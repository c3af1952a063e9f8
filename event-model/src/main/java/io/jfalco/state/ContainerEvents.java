package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/** Events that tell of containers: that one is there, and what it is, or that it is gone. */
final class ContainerEvents {
  private static final Bytes ADDED = Bytes.of("container");
  private static final Bytes REMOVED = Bytes.of("container_removed");

  private final ContainerTable containers;
  private final Bytes name = new Bytes();
  private final Bytes payload = new Bytes();

  ContainerEvents(HostState state) {
    this.containers = state.containers();
  }

  /** Applies an event that is one of these. */
  void apply(EventView event, EventContext context) {
    if (event.type() == EventType.CONTAINER_JSON_2_E) {
      added(event, 0, context);
    } else if (event.type() == EventType.ASYNCEVENT_E && event.text(1, name)) {
      if (name.sameAs(ADDED)) {
        added(event, 2, context);
      } else if (name.sameAs(REMOVED)) {
        removed(event, context);
      }
    }
  }

  private void added(EventView event, int param, EventContext context) {
    ContainerInfo info = read(event, param);
    if (info != null) {
      containers.put(info);
      context.told(info);
    }
  }

  private void removed(EventView event, EventContext context) {
    ContainerInfo info = read(event, 2);
    if (info != null) {
      containers.remove(info);
      context.told(info);
    }
  }

  private ContainerInfo read(EventView event, int param) {
    if (!event.bytes(param, payload)) {
      return null;
    }
    int end = payload.indexOf(0, 0);
    return containers.reader().read(end < 0 ? payload : payload.truncate(end));
  }
}
