package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Users and groups by id, of the host and of containers that have their own. Owned by the
 * event-loop thread. Look-ups allocate nothing.
 */
public final class UserTable {
  /** Stands for an unknown user or group. */
  public static final long UNKNOWN = 0xffffffffL;

  /** Most containers whose users are kept. */
  private static final int MOST_CONTAINERS = 1024;

  private final Names host = new Names(Bytes.of(""));
  private final List<Names> containers = new ArrayList<>();

  /** One user. */
  public record User(long uid, long gid, Bytes name, Bytes home, Bytes shell) {}

  private static final class Names {
    private final Bytes containerId;
    private final LongMap<User> users = new LongMap<>(64);
    private final LongMap<Bytes> groups = new LongMap<>(64);

    Names(Bytes containerId) {
      this.containerId = containerId;
    }
  }

  private final Bytes wanted = new Bytes();
  private long generation;

  /** Changes whenever a user or group was added, replaced or removed. */
  public long generation() {
    return generation;
  }

  /** The user, or null. */
  public User user(Container container, long uid) {
    Names names = names(container);
    return names == null ? null : names.users.get(uid);
  }

  /** Name of the group, or null. */
  public Bytes group(Container container, long gid) {
    Names names = names(container);
    return names == null ? null : names.groups.get(gid);
  }

  /** Adds or replaces a user of the host. */
  public void add(User user) {
    generation++;
    host.users.put(user.uid(), user);
  }

  /** Adds or replaces a group of the host. */
  public void addGroup(long gid, Bytes name) {
    generation++;
    host.groups.put(gid, name);
  }

  /** Adds or replaces a user; container id (first 12 characters) empty for the host. */
  public void add(String containerId, User user) {
    generation++;
    namesToFill(containerId).users.put(user.uid(), user);
  }

  /** Adds or replaces a group; container id (first 12 characters) empty for the host. */
  public void addGroup(String containerId, long gid, Bytes name) {
    generation++;
    namesToFill(containerId).groups.put(gid, name);
  }

  /** Receives what {@link #forEach} finds; container id empty for the host. */
  public interface Visitor {
    /** One user. */
    void user(String containerId, User user);

    /** One group. */
    void group(String containerId, long gid, Bytes name);
  }

  /** Visits all users and groups, those of the host first; the table must not change meanwhile. */
  public void forEach(Visitor visitor) {
    visit(host, visitor);
    containers.forEach(names -> visit(names, visitor));
  }

  private static void visit(Names names, Visitor visitor) {
    String id = names.containerId.toString();
    names.users.forEach(user -> visitor.user(id, user));
    names.groups.forEachKey(gid -> visitor.group(id, gid, names.groups.get(gid)));
  }

  boolean knowsUser(String containerId, long uid) {
    Names names = known(containerId);
    return names != null && names.users.get(uid) != null;
  }

  boolean knowsGroup(String containerId, long gid) {
    Names names = known(containerId);
    return names != null && names.groups.get(gid) != null;
  }

  private Names known(String containerId) {
    return containerId.isEmpty() ? host : find(Bytes.of(containerId));
  }

  /** Removes a user; container id empty for the host. */
  public void remove(String containerId, long uid) {
    generation++;
    Names names = known(containerId);
    if (names != null) {
      names.users.remove(uid);
    }
  }

  /** Removes a group; container id empty for the host. */
  public void removeGroup(String containerId, long gid) {
    generation++;
    Names names = known(containerId);
    if (names != null) {
      names.groups.remove(gid);
    }
  }

  private Names names(Container container) {
    if (container.isHost()) {
      return host;
    }
    if (!containers.isEmpty()) {
      container.id(wanted);
      return find(wanted);
    }
    return null;
  }

  private Names find(Bytes containerId) {
    for (int i = 0; i < containers.size(); i++) {
      if (containers.get(i).containerId.sameAs(containerId)) {
        return containers.get(i);
      }
    }
    return null;
  }

  private Names namesToFill(String containerId) {
    if (containerId.isEmpty()) {
      return host;
    }
    Bytes id = Bytes.of(containerId);
    Names names = find(id);
    if (names == null) {
      if (containers.size() >= MOST_CONTAINERS) {
        containers.remove(0);
      }
      names = new Names(id);
      containers.add(names);
    }
    return names;
  }
}
