package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * systemd's journal, to which a service that writes to it can give more than lines: a priority and
 * further fields. Any thread may use it; it may block while the journal is busy.
 */
public final class Journal {
  private static final String SOCKET = "/run/systemd/journal/socket";
  private static final Path SYSLOG = Path.of("/dev/log");
  private static final Path SYSLOG_OF_JOURNAL = Path.of("/run/systemd/journal/dev-log");

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  /** Opened when it is first asked for. */
  private static final class Holder {
    static final Optional<Journal> INSTANCE = open();

    private static Optional<Journal> open() {
      try {
        return Optional.of(new Journal(UnixDatagrams.to(SOCKET)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private final UnixDatagrams datagrams;

  Journal(UnixDatagrams datagrams) {
    this.datagrams = datagrams;
  }

  /** The journal, where standard error goes to it. */
  public static Optional<Journal> ofStandardError() {
    return of(STANDARD_ERROR);
  }

  /** The journal, where standard output goes to it. */
  static Optional<Journal> ofStandardOutput() {
    return of(STANDARD_OUTPUT);
  }

  /** The journal, where this is a service that writes to it, and what syslog(3) says goes there. */
  public static Optional<Journal> ofSyslog() {
    return receivesSyslog(SYSLOG, SYSLOG_OF_JOURNAL) ? ofStandardError() : Optional.empty();
  }

  private static Optional<Journal> of(int descriptor) {
    Path file = Path.of("/proc/self/fd", Integer.toString(descriptor));
    return isBehind(file, System::getenv) ? Holder.INSTANCE : Optional.empty();
  }

  /** True when systemd has connected a file to the journal: it says device and inode. */
  static boolean isBehind(Path file, UnaryOperator<String> environment) {
    String stream = environment.apply("JOURNAL_STREAM");
    if (stream == null) {
      return false;
    }
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino");
      return stream.equals(attributes.get("dev") + ":" + attributes.get("ino"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** True when two paths lead to one socket. */
  static boolean receivesSyslog(Path syslog, Path journal) {
    try {
      return Files.isSameFile(syslog, journal);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Adds a message of the daemon.
   *
   * @throws IOException when the journal does not take it; what is written to standard error still
   *     gets there
   */
  public void log(Priority priority, String text) throws IOException {
    datagrams.send(new JournalEntry(priority, text.getBytes(StandardCharsets.UTF_8)).bytes());
  }

  /** Adds an alert; the same otherwise. */
  void alert(OutputMessage message) throws IOException {
    datagrams.send(JournalEntry.of(message).bytes());
  }
}
