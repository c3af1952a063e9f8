package io.jfalco.render;

import io.jfalco.event.Bytes;

/** Data buffers as text. */
public final class BufferText {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private BufferText() {}

  /** Appends the beginning of some bytes in the form. */
  public static void append(Bytes source, int size, BufferFormat format, Bytes out) {
    switch (format) {
      case TEXT -> dots(source, size, out);
      case BASE64 -> base64(source, size, out);
    }
  }

  private static void dots(Bytes source, int size, Bytes out) {
    for (int i = 0; i < size; i++) {
      int value = source.at(i) & 0xff;
      out.append(value >= 0x20 && value < 0x7f ? value : '.');
    }
  }

  private static void base64(Bytes source, int size, Bytes out) {
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
