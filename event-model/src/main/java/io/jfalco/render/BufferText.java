package io.jfalco.render;

import io.jfalco.event.Bytes;
import java.nio.ByteBuffer;

/** Data buffers as text. */
public final class BufferText {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private BufferText() {}

  static void append(ByteBuffer source, int at, int size, BufferFormat format, Bytes out) {
    switch (format) {
      case TEXT -> dots(index -> source.get(at + index), size, out);
      case BASE64 -> base64(index -> source.get(at + index), size, out);
    }
  }

  /** Appends the beginning of some bytes in the form. */
  public static void append(Bytes source, int size, BufferFormat format, Bytes out) {
    switch (format) {
      case TEXT -> dots(source::at, size, out);
      case BASE64 -> base64(source::at, size, out);
    }
  }

  private interface Octets {
    int at(int index);
  }

  private static void dots(Octets source, int size, Bytes out) {
    for (int i = 0; i < size; i++) {
      int value = source.at(i) & 0xff;
      out.append(value >= 0x20 && value < 0x7f ? value : '.');
    }
  }

  private static void base64(Octets source, int size, Bytes out) {
    for (int i = 0; i < size; i += 3) {
      int bits = 0;
      for (int k = 0; k < 3; k++) {
        bits = bits << 8 | (i + k < size ? source.at(i + k) & 0xff : 0);
      }
      for (int k = 0; k < 4; k++) {
        out.append(i + k > size ? '=' : DIGITS.charAt(bits >>> 18 - 6 * k & 63));
      }
    }
  }
}
