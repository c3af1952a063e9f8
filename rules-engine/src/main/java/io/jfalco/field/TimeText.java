package io.jfalco.field;

import io.jfalco.event.Bytes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times as text. The offset of the local zone is the one of the daemon's start, as in Falco. Costs
 * no allocation except for the date.
 */
final class TimeText {
  private static final long SECOND = 1_000_000_000L;
  private static final long ZONE_SECONDS =
      ZoneId.systemDefault().getRules().getOffset(Instant.now()).getTotalSeconds();

  private TimeText() {}

  /** Appends the local time of day, {@code HH:MM:SS}, with nine more digits if asked for. */
  static void time(Bytes out, long timestamp, boolean nanoseconds) {
    long second = Math.floorMod(Long.divideUnsigned(timestamp, SECOND) + ZONE_SECONDS, 86400L);
    clock(out, second);
    if (nanoseconds) {
      fraction(out, timestamp);
    }
  }

  /** Appends the local date, {@code YYYY-MM-DD}, and a blank. */
  static void date(Bytes out, long timestamp) {
    date(out, Long.divideUnsigned(timestamp, SECOND) + ZONE_SECONDS, ' ');
  }

  /** Appends the time in UTC, {@code YYYY-MM-DDTHH:MM:SS.nnnnnnnnn+0000}. */
  static void iso8601(Bytes out, long timestamp) {
    long second = Long.divideUnsigned(timestamp, SECOND);
    date(out, second, 'T');
    clock(out, Math.floorMod(second, 86400L));
    fraction(out, timestamp);
    out.appendAscii("+0000");
  }

  private static void date(Bytes out, long second, char end) {
    LocalDateTime date = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    padded(out, date.getYear(), 4);
    out.append('-');
    padded(out, date.getMonthValue(), 2);
    out.append('-');
    padded(out, date.getDayOfMonth(), 2);
    out.append(end);
  }

  private static void clock(Bytes out, long second) {
    padded(out, second / 3600, 2);
    out.append(':');
    padded(out, second / 60 % 60, 2);
    out.append(':');
    padded(out, second % 60, 2);
  }

  private static void fraction(Bytes out, long timestamp) {
    out.append('.');
    padded(out, Long.remainderUnsigned(timestamp, SECOND), 9);
  }

  private static void padded(Bytes out, long value, int digits) {
    long bound = 1;
    for (int i = 1; i < digits; i++) {
      bound *= 10;
    }
    for (; bound > 1 && value < bound; bound /= 10) {
      out.append('0');
    }
    out.appendDecimal(value);
  }
}
