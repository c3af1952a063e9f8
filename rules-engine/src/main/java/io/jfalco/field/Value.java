package io.jfalco.field;

import io.jfalco.event.Bytes;
import java.util.Arrays;

/**
 * What an extractor fills: one value, or several for list fields and fields that look at more than
 * one place (ancestors, both ends of a connection). Reused; owned by the event-loop thread.
 *
 * <p>Text, byte buffers and addresses are {@link Bytes} (IPv4 4 bytes, IPv6 16 bytes in network
 * order); numbers and booleans (0, 1) are {@code long}, unsigned 64-bit ones as their bits.
 */
public final class Value {
  private Bytes[] texts = {new Bytes()};
  private long[] numbers = new long[1];
  private int count;

  /** Forgets all values. */
  public Value clear() {
    count = 0;
    return this;
  }

  /** Number of values. */
  public int count() {
    return count;
  }

  /** The first value as text. */
  public Bytes text() {
    return texts[0];
  }

  /** A value as text. */
  public Bytes text(int index) {
    return texts[index];
  }

  /** The first value as number. */
  public long number() {
    return numbers[0];
  }

  /** A value as number. */
  public long number(int index) {
    return numbers[index];
  }

  /** Adds a text and returns it, empty, for the caller to fill or to let view other bytes. */
  public Bytes addText() {
    if (count == texts.length) {
      grow();
    }
    return texts[count++].clear();
  }

  /** Adds a number. */
  public void addNumber(long number) {
    if (count == texts.length) {
      grow();
    }
    numbers[count++] = number;
  }

  private void grow() {
    int size = texts.length * 2;
    int old = texts.length;
    texts = Arrays.copyOf(texts, size);
    for (int i = old; i < size; i++) {
      texts[i] = new Bytes();
    }
    numbers = Arrays.copyOf(numbers, size);
  }
}
