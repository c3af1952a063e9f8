package io.jfalco.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable run of bytes that is reused, so that text on the hot path costs no allocation. It
 * either owns an array ({@link #copyFrom}, {@link #append}) or looks into somebody else's ({@link
 * #view}); a view is only valid as long as its owner does not change. Not thread-safe.
 */
public final class Bytes {
  private static final byte[] NOTHING = new byte[0];

  private byte[] own;
  private byte[] array;
  private int offset;
  private int length;

  /** An empty run that owns nothing yet. */
  public Bytes() {
    this.own = NOTHING;
    this.array = NOTHING;
  }

  /** A run holding the UTF-8 form of the text. */
  public static Bytes of(String text) {
    Bytes bytes = new Bytes();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.own = utf8;
    bytes.array = utf8;
    bytes.length = utf8.length;
    return bytes;
  }

  /** The array that holds the bytes. */
  public byte[] array() {
    return array;
  }

  /** Where the bytes start in {@link #array}. */
  public int offset() {
    return offset;
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }

  /** Size of the own array, which is kept for reuse. */
  public int capacity() {
    return own.length;
  }

  /** Empties the run and gives the own array up. */
  public Bytes release() {
    own = NOTHING;
    return clear();
  }

  /** True when there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at an index from 0. */
  public byte at(int index) {
    return array[offset + index];
  }

  /** Empties the run; it then owns its array. */
  public Bytes clear() {
    array = own;
    offset = 0;
    length = 0;
    return this;
  }

  /** Looks into another array without copying. */
  public Bytes view(byte[] source, int sourceOffset, int sourceLength) {
    array = source;
    offset = sourceOffset;
    length = sourceLength;
    return this;
  }

  /** Looks at what another run holds, without copying. */
  public Bytes view(Bytes other) {
    return view(other.array, other.offset, other.length);
  }

  /** Replaces the content by a copy of bytes of a buffer. */
  public Bytes copyFrom(ByteBuffer source, int at, int size) {
    reserve(size);
    source.get(at, own, 0, size);
    array = own;
    offset = 0;
    length = size;
    return this;
  }

  /** Replaces the content by a copy. */
  public Bytes copyFrom(byte[] source, int at, int size) {
    reserve(size);
    System.arraycopy(source, at, own, 0, size);
    array = own;
    offset = 0;
    length = size;
    return this;
  }

  /** Replaces the content by a copy. */
  public Bytes copyFrom(Bytes other) {
    return copyFrom(other.array, other.offset, other.length);
  }

  /** Appends one byte. */
  public Bytes append(int value) {
    ensureOwned(1);
    own[length++] = (byte) value;
    return this;
  }

  /** Appends bytes. */
  public Bytes append(byte[] source, int at, int size) {
    ensureOwned(size);
    System.arraycopy(source, at, own, length, size);
    length += size;
    return this;
  }

  /** Appends another run. */
  public Bytes append(Bytes other) {
    return append(other.array, other.offset, other.length);
  }

  /** Appends the bytes of a text, which must be ASCII. */
  public Bytes appendAscii(String text) {
    int size = text.length();
    ensureOwned(size);
    for (int i = 0; i < size; i++) {
      own[length + i] = (byte) text.charAt(i);
    }
    length += size;
    return this;
  }

  /** Appends a decimal number. */
  public Bytes appendDecimal(long value) {
    if (value == Long.MIN_VALUE) {
      return appendAscii("-9223372036854775808");
    }
    long rest = value;
    if (rest < 0) {
      append('-');
      rest = -rest;
    }
    int digits = 1;
    for (long bound = rest; bound >= 10; bound /= 10) {
      digits++;
    }
    ensureOwned(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      own[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Shortens the run. */
  public Bytes truncate(int newLength) {
    if (newLength < length) {
      length = newLength;
    }
    return this;
  }

  /** True when both hold the same bytes. */
  public boolean sameAs(Bytes other) {
    return Arrays.equals(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  /** True when the run holds exactly these bytes. */
  public boolean sameAs(byte[] other) {
    return length == other.length
        && Arrays.equals(array, offset, offset + length, other, 0, other.length);
  }

  /** True when the run begins with these bytes. */
  public boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(array, offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  /** True when the run ends with these bytes. */
  public boolean endsWith(byte[] suffix) {
    return length >= suffix.length
        && Arrays.equals(
            array, offset + length - suffix.length, offset + length, suffix, 0, suffix.length);
  }

  /** Index of a byte from an index on, or -1. */
  public int indexOf(int value, int from) {
    for (int i = from; i < length; i++) {
      if (array[offset + i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the last such byte, or -1. */
  public int lastIndexOf(int value) {
    for (int i = length - 1; i >= 0; i--) {
      if (array[offset + i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  /** A hash of the bytes, the same for equal runs. */
  public int hash() {
    return hash(array, offset, length);
  }

  /** A hash of bytes, the same as {@link #hash()} of a run with these bytes. */
  public static int hash(byte[] source, int at, int size) {
    int hash = 1;
    for (int i = at; i < at + size; i++) {
      hash = 31 * hash + source[i];
    }
    return hash ^ hash >>> 15;
  }

  /** A copy of the bytes. Allocates. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes as text, undecodable ones replaced. Allocates. */
  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  private void ensureOwned(int more) {
    if (array != own || offset != 0) {
      byte[] before = array;
      int at = offset;
      int size = length;
      reserve(size + more);
      System.arraycopy(before, at, own, 0, size);
      array = own;
      offset = 0;
    } else if (own.length < length + more) {
      own = Arrays.copyOf(own, Math.max(length + more, own.length * 2));
      array = own;
    }
  }

  private void reserve(int size) {
    if (own.length < size) {
      own = new byte[Math.max(size, Math.max(16, own.length * 2))];
    }
  }
}
