package io.jfalco.driver.proc;

import io.jfalco.event.Bytes;
import io.jfalco.state.StateBuilder;
import io.jfalco.state.UserTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads users and groups from {@code /etc/passwd} and {@code /etc/group}. */
final class Accounts {
  private static final int LIMIT = 16 << 20;

  private Accounts() {}

  /** Adds the accounts of a root directory; container id empty for the host. */
  static void read(Path root, String containerId, StateBuilder into) {
    ProcFiles.read(root.resolve("etc/passwd"), LIMIT).lines(line -> user(line, containerId, into));
    ProcFiles.read(root.resolve("etc/group"), LIMIT).lines(line -> group(line, containerId, into));
  }

  /** {@code name:password:uid:gid:comment:home:shell}; the first line of a user counts. */
  private static void user(Text line, String containerId, StateBuilder into) {
    List<Text> part = parts(line);
    if (part.size() < 4 || isForeign(line)) {
      return;
    }
    long uid = part.get(2).number(10, -1);
    long gid = part.get(3).number(10, -1);
    if (uid < 0 || gid < 0) {
      return;
    }
    into.addUser(
        containerId, new UserTable.User(uid, gid, bytes(part, 0), bytes(part, 5), bytes(part, 6)));
  }

  /** {@code name:password:gid:members}. */
  private static void group(Text line, String containerId, StateBuilder into) {
    List<Text> part = parts(line);
    if (part.size() < 3 || isForeign(line)) {
      return;
    }
    long gid = part.get(2).number(10, -1);
    if (gid >= 0) {
      into.addGroup(containerId, gid, bytes(part, 0));
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

  private static Bytes bytes(List<Text> parts, int index) {
    Text text = index < parts.size() ? parts.get(index) : Text.EMPTY;
    Bytes copy = new Bytes();
    return copy.copyFrom(text.bytes(), text.from(), text.length());
  }
}
