package io.jfalco.state;

import io.jfalco.event.Bytes;

/**
 * Which bytes of a text may be shown. Bytes that are not UTF-8, control characters and
 * non-characters are replaced by U+FFFD, one for each longest broken sequence (Unicode 3.9).
 */
public final class Utf8 {
  private Utf8() {}

  /**
   * Length of the sequence that starts at an index: positive when it may be shown, negative when
   * the sequence of that length must be replaced. Never 0.
   */
  public static int sequence(byte[] text, int at, int end) {
    int lead = text[at] & 0xff;
    if (lead < 0x80) {
      return lead >= 0x20 && lead != 0x7f ? 1 : -1;
    }
    if (lead < 0xc2 || lead > 0xf4) {
      return -1;
    }
    if (lead < 0xe0) {
      return two(text, at, end, lead);
    }
    return lead < 0xf0 ? three(text, at, end, lead) : four(text, at, end, lead);
  }

  /** Appends a text, broken sequences replaced. */
  public static void append(Bytes out, byte[] text, int from, int to) {
    int clean = from;
    int at = from;
    while (at < to) {
      int size = sequence(text, at, to);
      if (size > 0) {
        at += size;
      } else {
        out.append(text, clean, at - clean);
        replacement(out);
        at -= size;
        clean = at;
      }
    }
    out.append(text, clean, to - clean);
  }

  /** Appends U+FFFD. */
  public static void replacement(Bytes out) {
    out.append(0xef).append(0xbf).append(0xbd);
  }

  private static int two(byte[] text, int at, int end, int lead) {
    if (!continues(text, at + 1, end)) {
      return -1;
    }
    int point = (lead & 0x1f) << 6 | text[at + 1] & 0x3f;
    return point > 0x9f ? 2 : -2;
  }

  private static int three(byte[] text, int at, int end, int lead) {
    int low = lead == 0xe0 ? 0xa0 : 0x80;
    int high = lead == 0xed ? 0x9f : 0xbf;
    if (!within(text, at + 1, end, low, high)) {
      return -1;
    }
    if (!continues(text, at + 2, end)) {
      return -2;
    }
    int point = (lead & 0xf) << 12 | (text[at + 1] & 0x3f) << 6 | text[at + 2] & 0x3f;
    return point >= 0xfdd0 && point <= 0xfdef || point >= 0xfffe ? -3 : 3;
  }

  private static int four(byte[] text, int at, int end, int lead) {
    int low = lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xf4 ? 0x8f : 0xbf;
    if (!within(text, at + 1, end, low, high)) {
      return -1;
    }
    if (!continues(text, at + 2, end)) {
      return -2;
    }
    if (!continues(text, at + 3, end)) {
      return -3;
    }
    int lower = (text[at + 1] & 0xf) << 12 | (text[at + 2] & 0x3f) << 6 | text[at + 3] & 0x3f;
    return (lower & 0xffff) >= 0xfffe ? -4 : 4;
  }

  private static boolean continues(byte[] text, int at, int end) {
    return within(text, at, end, 0x80, 0xbf);
  }

  private static boolean within(byte[] text, int at, int end, int low, int high) {
    if (at >= end) {
      return false;
    }
    int value = text[at] & 0xff;
    return value >= low && value <= high;
  }
}
