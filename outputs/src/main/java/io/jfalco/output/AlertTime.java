package io.jfalco.output;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The three forms in which alerts show a time given in nanoseconds since the epoch. */
final class AlertTime {
  private static final long NANOS = 1_000_000_000L;

  private AlertTime() {}

  /** {@code 16:17:57.881785348} in a time zone. */
  static void local(StringBuilder out, long timestamp, ZoneId zone) {
    long seconds = Math.floorDiv(timestamp, NANOS);
    ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds));
    timeOfDay(out, LocalDateTime.ofEpochSecond(seconds, 0, offset), timestamp);
  }

  /** {@code 2016-08-04T16:17:57.881785348} in UTC; the caller appends the zone. */
  static void utc(StringBuilder out, long timestamp) {
    long seconds = Math.floorDiv(timestamp, NANOS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    digits(out, time.getYear(), 4);
    out.append('-');
    digits(out, time.getMonthValue(), 2);
    out.append('-');
    digits(out, time.getDayOfMonth(), 2);
    out.append('T');
    timeOfDay(out, time, timestamp);
  }

  private static void timeOfDay(StringBuilder out, LocalDateTime time, long timestamp) {
    digits(out, time.getHour(), 2);
    out.append(':');
    digits(out, time.getMinute(), 2);
    out.append(':');
    digits(out, time.getSecond(), 2);
    out.append('.');
    digits(out, Math.floorMod(timestamp, NANOS), 9);
  }

  private static void digits(StringBuilder out, long value, int width) {
    int at = out.length();
    out.append(value);
    for (int missing = at + width - out.length(); missing > 0; missing--) {
      out.insert(at, '0');
    }
  }
}
