package io.jfalco.render;

import io.jfalco.event.Bytes;
import io.jfalco.state.Utf8;

/**
 * Makes texts fit to be shown, exactly as Falco does: control characters, non-characters and each
 * longest run of bytes that are not UTF-8 become one U+FFFD. What is valid and printable stays.
 */
public final class Sanitizer {
  private Sanitizer() {}

  /** True when nothing would be replaced. Allocates nothing. */
  public static boolean isClean(Bytes text) {
    byte[] array = text.array();
    int at = text.offset();
    int end = at + text.length();
    while (at < end) {
      byte value = array[at];
      if (value >= 0x20 && value != 0x7f) {
        at++;
        continue;
      }
      int size = Utf8.sequence(array, at, end);
      if (size < 0) {
        return false;
      }
      at += size;
    }
    return true;
  }

  /** Appends a text, made fit to be shown. Allocates nothing, unless {@code out} grows. */
  public static void append(Bytes text, Bytes out) {
    if (isClean(text)) {
      out.append(text);
    } else {
      Utf8.append(out, text.array(), text.offset(), text.offset() + text.length());
    }
  }
}
