package io.jfalco.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room for more processes than a small machine allows; put back in the end. */
final class PidLimit implements AutoCloseable {
  private static final Path FILE = Path.of("/proc/sys/kernel/pid_max");

  private final String before;
  private final boolean raised;

  private PidLimit(String before, boolean raised) {
    this.before = before;
    this.raised = raised;
  }

  /** Raises the limit where that is allowed. */
  static PidLimit raise(long wanted) throws IOException {
    String before = Files.readAllLines(FILE).get(0);
    boolean raised = false;
    if (Long.parseLong(before) < wanted) {
      try {
        Files.writeString(FILE, Long.toString(wanted));
        raised = true;
      } catch (IOException e) {
        System.out.println("pid_max stays " + before + ": " + e);
      }
    }
    return new PidLimit(before, raised);
  }

  @Override
  public void close() throws IOException {
    if (raised) {
      Files.writeString(FILE, before);
    }
  }
}
