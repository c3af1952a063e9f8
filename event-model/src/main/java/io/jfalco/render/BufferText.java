package io.jfalco.render;

import io.jfalco.event.Bytes;
import java.nio.ByteBuffer;

/** Data buffers as text. */
final class BufferText {
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private BufferText() {}

  static void append(ByteBuffer source, int at, int size, BufferFormat format, Bytes out) {
    if (format == BufferFormat.BASE64) {
      base64(source, at, size, out);
    } else {
      dots(source, at, size, out);
    }
  }

  private static void dots(ByteBuffer source, int at, int size, Bytes out) {
    for (int i = at; i < at + size; i++) {
      byte value = source.get(i);
      out.append(value >= 0x20 && value != 0x7f ? value : '.');
    }
  }

  private static void base64(ByteBuffer source, int at, int size, Bytes out) {
    for (int i = 0; i < size; i += 3) {
      int bits = 0;
      for (int k = 0; k < 3; k++) {
        bits = bits << 8 | (i + k < size ? source.get(at + i + k) & 0xff : 0);
      }
      for (int k = 0; k < 4; k++) {
        out.append(i + k > size ? '=' : DIGITS.charAt(bits >>> 18 - 6 * k & 63));
      }
    }
  }
}
