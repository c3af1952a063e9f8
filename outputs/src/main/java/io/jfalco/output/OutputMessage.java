package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A formatted alert, shared by all outputs. Immutable as long as nobody writes to its bytes. */
public final class OutputMessage {
  private final Priority priority;
  private final Origin origin;
  private final byte[] bytes;

  /**
   * What an alert comes from.
   *
   * @param rule name of the rule
   * @param source of its events
   * @param tags of the rule
   */
  public record Origin(String rule, String source, List<String> tags) {}

  /**
   * A message.
   *
   * @param priority priority of the rule
   * @param origin what it comes from
   * @param bytes UTF-8 text without final newline; owned by the message from now on
   */
  public OutputMessage(Priority priority, Origin origin, byte[] bytes) {
    this.priority = priority;
    this.origin = origin;
    this.bytes = bytes;
  }

  /** A message of no rule. */
  public OutputMessage(Priority priority, byte[] bytes) {
    this(priority, new Origin("", "", List.of()), bytes);
  }

  /** Priority of the rule. */
  public Priority priority() {
    return priority;
  }

  /** What it comes from. */
  public Origin origin() {
    return origin;
  }

  /** Number of bytes, without newline. */
  public int size() {
    return bytes.length;
  }

  /** The bytes with a newline behind them. */
  byte[] line() {
    byte[] line = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, line, 0, bytes.length);
    line[bytes.length] = '\n';
    return line;
  }

  /** UTF-8 without newline; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** The text, without newline. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
