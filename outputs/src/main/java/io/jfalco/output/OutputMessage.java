package io.jfalco.output;

import io.jfalco.alert.Priority;
import java.nio.charset.StandardCharsets;

/** A formatted alert, shared by all outputs. Immutable as long as nobody writes to its bytes. */
public final class OutputMessage {
  private final Priority priority;
  private final byte[] bytes;

  /**
   * A message.
   *
   * @param priority priority of the rule
   * @param bytes UTF-8 text without final newline; owned by the message from now on
   */
  public OutputMessage(Priority priority, byte[] bytes) {
    this.priority = priority;
    this.bytes = bytes;
  }

  /** Priority of the rule. */
  public Priority priority() {
    return priority;
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
