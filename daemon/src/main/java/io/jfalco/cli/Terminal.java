package io.jfalco.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where standard output goes to. */
final class Terminal {
  private Terminal() {}

  /** True when standard output is a terminal. */
  static boolean isOutput() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  /** True when it is a terminal that shall have colours: NO_COLOR forbids them. */
  static boolean hasColours() {
    String refused = System.getenv("NO_COLOR");
    String kind = System.getenv("TERM");
    return isOutput() && (refused == null || refused.isEmpty()) && !"dumb".equals(kind);
  }
}
