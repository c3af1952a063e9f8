package io.jfalco.state;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Open-addressed map from {@code long} keys to objects: no boxing, and no allocation except when it
 * grows. Not thread-safe.
 */
public final class LongMap<T> {
  private long[] keys;
  private Object[] values;
  private int size;
  private int mask;

  /** A map that need not grow for so many entries. */
  public LongMap(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
    keys = new long[capacity];
    values = new Object[capacity];
    mask = capacity - 1;
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** Entries that there is room for. */
  int capacity() {
    return keys.length;
  }

  /** The value, or null. */
  @SuppressWarnings("unchecked") // values only ever holds T
  public T get(long key) {
    int at = slot(key);
    while (values[at] != null) {
      if (keys[at] == key) {
        return (T) values[at];
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  /** Adds or replaces a value, which must not be null. */
  public void put(long key, T value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int at = slot(key);
    while (values[at] != null && keys[at] != key) {
      at = (at + 1) & mask;
    }
    if (values[at] == null) {
      size++;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** Removes a key and returns its value, or null; no tombstones remain. */
  @SuppressWarnings("unchecked") // values only ever holds T
  public T remove(long key) {
    int at = slot(key);
    while (values[at] != null && keys[at] != key) {
      at = (at + 1) & mask;
    }
    if (values[at] == null) {
      return null;
    }
    final T removed = (T) values[at];
    size--;
    int hole = at;
    int next = (at + 1) & mask;
    while (values[next] != null) {
      int home = slot(keys[next]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    values[hole] = null;
    return removed;
  }

  /** Removes everything. */
  public void clear() {
    Arrays.fill(values, null);
    size = 0;
  }

  /** Visits all values; the map must not change meanwhile. */
  @SuppressWarnings("unchecked") // values only ever holds T
  public void forEach(Consumer<T> visitor) {
    for (Object value : values) {
      if (value != null) {
        visitor.accept((T) value);
      }
    }
  }

  /** Visits all keys; the map must not change meanwhile. */
  void forEachKey(LongConsumer visitor) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        visitor.accept(keys[i]);
      }
    }
  }

  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[oldKeys.length * 2];
    mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int at = slot(oldKeys[i]);
        while (values[at] != null) {
          at = (at + 1) & mask;
        }
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
