package io.jfalco.rule;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A rules file that was read: its name for messages, and its bytes. */
public final class RuleFile {
  private final String name;
  private final byte[] bytes;

  /** A file; the bytes are not copied and must not change. */
  public RuleFile(String name, byte[] bytes) {
    this.name = Objects.requireNonNull(name);
    this.bytes = Objects.requireNonNull(bytes);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its text; what is no UTF-8 is replaced. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }

  /** A copy of what it holds. */
  public byte[] toBytes() {
    return bytes.clone();
  }
}
