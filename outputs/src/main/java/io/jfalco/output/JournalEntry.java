package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry for systemd's journal, in its native protocol:
 *
 * <pre>
 * PRIORITY=4\n           a value on one line
 * MESSAGE\n              a value with line ends:
 * 8 bytes, its length (little-endian), the value, \n
 * </pre>
 */
final class JournalEntry {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  /**
   * An entry of the daemon.
   *
   * @param message UTF-8
   */
  JournalEntry(Priority priority, byte[] message) {
    add("MESSAGE", message);
    add("PRIORITY", Integer.toString(priority.ordinal()));
    add("SYSLOG_IDENTIFIER", "falco");
    // Each unit of the daemon has this alias, which journalctl -u would not find otherwise.
    add("OBJECT_SYSTEMD_UNIT", "falco.service");
  }

  /** An alert. */
  static JournalEntry of(OutputMessage message) {
    JournalEntry entry = new JournalEntry(message.priority(), message.bytes());
    // LOG_USER, the facility of syslog(3) that alerts have.
    entry.add("SYSLOG_FACILITY", "1");
    OutputMessage.Origin origin = message.origin();
    entry.add("FALCO_PRIORITY", message.priority().label());
    entry.add("FALCO_RULE", origin.rule());
    entry.add("FALCO_SOURCE", origin.source());
    entry.add("FALCO_TAGS", origin.tags());
    return entry;
  }

  private void add(String name, List<String> values) {
    if (!values.isEmpty()) {
      add(name, String.join(",", values));
    }
  }

  private void add(String name, String value) {
    add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, byte[] value) {
    bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    if (hasLineEnd(value)) {
      bytes.write('\n');
      bytes.writeBytes(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(value.length)
              .array());
    } else {
      bytes.write('=');
    }
    bytes.writeBytes(value);
    bytes.write('\n');
  }

  private static boolean hasLineEnd(byte[] value) {
    for (byte b : value) {
      if (b == '\n') {
        return true;
      }
    }
    return false;
  }

  /** As it is sent. */
  byte[] bytes() {
    return bytes.toByteArray();
  }
}
