package io.jfalco.driver.proc;

import io.jfalco.event.Bytes;
import io.jfalco.state.UserTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Users and groups as files of the forms of {@code /etc/passwd} and {@code /etc/group} tell them.
 * Names are cut to the lengths that Falco keeps.
 */
final class Accounts {
  /** Nobody. */
  static final Accounts NONE = new Accounts();

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 1023;

  private final List<UserTable.User> users = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  private record Group(long gid, Bytes name) {}

  private Accounts() {}

  /** Reads the contents of both files. */
  static Accounts of(Text passwd, Text group) {
    Accounts accounts = new Accounts();
    passwd.lines(accounts::user);
    group.lines(accounts::group);
    return accounts;
  }

  /** Adds all; container id empty for the host. */
  void addTo(String containerId, UserTable table) {
    users.forEach(user -> table.add(containerId, user));
    groups.forEach(group -> table.addGroup(containerId, group.gid(), group.name()));
  }

  /** {@code name:password:uid:gid:comment:home:shell}. */
  private void user(Text line) {
    List<Text> part = parts(line);
    if (part.size() < 4 || isForeign(line)) {
      return;
    }
    long uid = part.get(2).number(10, -1);
    long gid = part.get(3).number(10, -1);
    if (uid < 0 || gid < 0) {
      return;
    }
    users.add(
        new UserTable.User(
            uid,
            gid,
            bytes(part, 0, LONGEST_NAME),
            bytes(part, 5, LONGEST_PATH),
            bytes(part, 6, LONGEST_PATH)));
  }

  /** {@code name:password:gid:members}. */
  private void group(Text line) {
    List<Text> part = parts(line);
    if (part.size() < 3 || isForeign(line)) {
      return;
    }
    long gid = part.get(2).number(10, -1);
    if (gid >= 0) {
      groups.add(new Group(gid, bytes(part, 0, LONGEST_NAME)));
    }
  }

  /** Comments, and lines that refer to a directory service. */
  private static boolean isForeign(Text line) {
    return line.startsWith("#") || line.startsWith("+") || line.startsWith("-");
  }

  private static List<Text> parts(Text line) {
    List<Text> parts = new ArrayList<>();
    line.split(':', parts::add);
    return parts;
  }

  private static Bytes bytes(List<Text> parts, int index, int longest) {
    Text text = index < parts.size() ? parts.get(index) : Text.EMPTY;
    Bytes copy = new Bytes();
    return copy.copyFrom(text.bytes(), text.from(), Math.min(longest, text.length()));
  }
}
