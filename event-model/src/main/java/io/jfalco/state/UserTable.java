package io.jfalco.state;

import io.jfalco.event.Bytes;
import java.util.HashMap;
import java.util.Map;

/** Users and groups by id. Owned by the event-loop thread. */
public final class UserTable {
  /** Stands for an unknown user or group. */
  public static final long UNKNOWN = 0xffffffffL;

  private final Map<Long, User> users = new HashMap<>();
  private final Map<Long, Bytes> groups = new HashMap<>();

  /** One user. */
  public record User(long uid, long gid, Bytes name, Bytes home, Bytes shell) {}

  /** The user, or null. */
  public User user(Container container, long uid) {
    return users.get(uid);
  }

  /** Name of the group, or null. */
  public Bytes group(Container container, long gid) {
    return groups.get(gid);
  }

  /** Adds or replaces a user of the host. */
  public void add(User user) {
    users.put(user.uid(), user);
  }

  /** Adds or replaces a group of the host. */
  public void addGroup(long gid, Bytes name) {
    groups.put(gid, name);
  }
}
