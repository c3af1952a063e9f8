package io.jfalco.state;

import io.jfalco.event.Bytes;

/** Writes addresses the way {@code inet_ntop} does. Allocates nothing. */
public final class AddressText {
  private AddressText() {}

  /** Appends four bytes as {@code 1.2.3.4}. */
  public static void append4(Bytes out, byte[] ip, int at) {
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        out.append('.');
      }
      out.appendDecimal(ip[at + i] & 0xff);
    }
  }

  /** Appends 16 bytes; the longest run of at least two zero groups becomes {@code ::}. */
  public static void append6(Bytes out, byte[] ip, int at) {
    int bestStart = -1;
    int bestLength = 1;
    int start = -1;
    for (int i = 0; i <= 8; i++) {
      if (i < 8 && group(ip, at, i) == 0) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        if (i - start > bestLength) {
          bestStart = start;
          bestLength = i - start;
        }
        start = -1;
      }
    }
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        out.append(':');
        i += bestLength - 1;
        if (i == 7) {
          out.append(':');
        }
        continue;
      }
      if (i > 0) {
        out.append(':');
      }
      boolean tail4 =
          i == 6
              && bestStart == 0
              && (bestLength == 6 || bestLength == 5 && group(ip, at, 5) == 0xffff);
      if (tail4) {
        append4(out, ip, at + 12);
        return;
      }
      appendHex(out, group(ip, at, i));
    }
  }

  /** Appends a number in hexadecimal digits, without leading zeros. */
  public static void appendHex(Bytes out, long value) {
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      int digit = (int) (value >>> shift) & 0xf;
      out.append(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
  }

  private static int group(byte[] ip, int at, int index) {
    return (ip[at + index * 2] & 0xff) << 8 | ip[at + index * 2 + 1] & 0xff;
  }
}
