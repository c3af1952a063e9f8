package io.jfalco.state;

import io.jfalco.event.Bytes;
import io.jfalco.event.EventType;
import io.jfalco.event.EventView;

/**
 * The path of a program that was executed, made of what the enter event told: only for records of
 * drivers that did not tell the file itself.
 */
final class ExecPath {
  private static final Bytes NOT_AVAILABLE = Bytes.of("<NA>");
  private static final Bytes UNKNOWN_DIRECTORY = Bytes.of("<UNKNOWN>");
  private static final Bytes DOT = Bytes.of(".");
  private static final Bytes NOTHING = Bytes.of("");
  private static final long EMPTY_PATH = 1;

  private final Bytes directory = new Bytes();

  /** Writes the path; false when no enter event was seen. */
  boolean find(EventView exit, ThreadInfo thread, Bytes out) {
    EnterEvent enter = thread.enter;
    if (enter == null || enter.type == null) {
      return false;
    }
    if (enter.type == EventType.SYSCALL_EXECVE_19_E
        && exit.type() == EventType.SYSCALL_EXECVE_19_X) {
      join(thread.cwd(), enter.argument, out);
      return true;
    }
    if (enter.type == EventType.SYSCALL_EXECVEAT_E) {
      fromDirectory(enter, thread, out);
      return true;
    }
    return false;
  }

  private static void join(Bytes from, Bytes path, Bytes out) {
    if (path.sameAs(NOT_AVAILABLE)) {
      out.copyFrom(NOT_AVAILABLE);
    } else {
      Paths.join(out, from, path);
    }
  }

  private void fromDirectory(EnterEvent enter, ThreadInfo thread, Bytes out) {
    Bytes path = enter.argument;
    Bytes from =
        path.length() > 0 && path.at(0) == '/'
            ? DOT
            : OpenEvents.directory(thread, enter.dirfd, directory);
    if (from.sameAs(UNKNOWN_DIRECTORY)) {
      out.copyFrom(NOT_AVAILABLE);
    } else if ((enter.flags & EMPTY_PATH) != 0) {
      Paths.join(out, NOTHING, from);
    } else {
      join(from, path, out);
    }
  }
}
