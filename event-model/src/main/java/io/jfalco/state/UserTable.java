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

  /** Most memory that users of containers take, about, in bytes. */
  private static final long MOST_BYTES = 8 << 20;

  private static final int ENTRY = 160;

  private final Names host = new Names(Bytes.of(""));
  private final List<Names> containers = new ArrayList<>();
  private AccountLookup lookup = AccountLookup.NONE;
  private long bytes;

  /** One user. */
  public record User(long uid, long gid, Bytes name, Bytes home, Bytes shell) {
    private int bytes() {
      return ENTRY + name.length() + home.length() + shell.length();
    }
  }

  /** The users and groups of one container, or of the host. */
  static final class Names {
    private final Bytes containerId;
    private final LongMap<User> users = new LongMap<>(16);
    private final LongMap<Bytes> groups = new LongMap<>(16);
    private long bytes;

    Names(Bytes containerId) {
      this.containerId = containerId;
    }
  }

  private final Bytes wanted = new Bytes();
  private long generation = 1;

  /** Changes whenever a user or group was added, replaced or removed. */
  public long generation() {
    return generation;
  }

  /** Sets who is asked for users and groups that are not known. */
  public void lookup(AccountLookup service) {
    lookup = service;
  }

  /** The thread may have a user or a group that is not known. */
  void see(ThreadInfo thread) {
    lookup.look(thread, this);
  }

  /** Adds what was found meanwhile. */
  void take() {
    lookup.take(this);
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
    Names names = namesToFill(containerId);
    User before = names.users.get(user.uid());
    names.users.put(user.uid(), user);
    count(names, user.bytes() - (before == null ? 0 : before.bytes()));
  }

  /** Adds or replaces a group; container id (first 12 characters) empty for the host. */
  public void addGroup(String containerId, long gid, Bytes name) {
    generation++;
    Names names = namesToFill(containerId);
    Bytes before = names.groups.get(gid);
    names.groups.put(gid, name);
    count(names, before == null ? ENTRY + name.length() : name.length() - before.length());
  }

  /** The container that was filled last stays, whatever it takes: the others go, oldest first. */
  private void count(Names names, int change) {
    if (names == host) {
      return;
    }
    names.bytes += change;
    bytes += change;
    while (bytes > MOST_BYTES && containers.size() > 1) {
      forget(containers.get(0) == names ? 1 : 0);
    }
  }

  private void forget(int index) {
    bytes -= containers.remove(index).bytes;
    generation++;
  }

  /** Forgets the users and groups of a container. */
  void forget(String containerId) {
    Names names = containerId.isEmpty() ? null : find(Bytes.of(containerId));
    if (names != null) {
      forget(containers.indexOf(names));
    }
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
    User user = names == null ? null : names.users.remove(uid);
    if (user != null) {
      count(names, -user.bytes());
    }
  }

  /** Removes a group; container id empty for the host. */
  public void removeGroup(String containerId, long gid) {
    generation++;
    Names names = known(containerId);
    Bytes name = names == null ? null : names.groups.remove(gid);
    if (name != null) {
      count(names, -ENTRY - name.length());
    }
  }

  private Names names(Container container) {
    if (container.isHost()) {
      return host;
    }
    if (container.namesSeen != generation) {
      container.id(wanted);
      container.names = containers.isEmpty() ? null : find(wanted);
      container.namesSeen = generation;
    }
    return container.names;
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
        forget(0);
      }
      names = new Names(id);
      containers.add(names);
    }
    return names;
  }
}
