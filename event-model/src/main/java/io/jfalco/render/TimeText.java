package io.jfalco.render;

import io.jfalco.event.Bytes;
import java.util.TimeZone;

/**
 * Times as text. Timestamps are nanoseconds since the epoch. Local times use the zone that the
 * process had at its start. Allocates nothing, unless {@code out} grows.
 */
public final class TimeText {
  private static final long NANOS = 1_000_000_000L;
  private static final int DAY = 86_400;
  private static final TimeZone ZONE = TimeZone.getDefault();

  private TimeText() {}

  /**
   * Appends the local time of day as {@code HH:MM:SS.nnnnnnnnn}. The difference to UTC is the one
   * of this moment, not that of the timestamp, as in Falco.
   */
  public static void time(long timestamp, Bytes out) {
    timeOfDay(local(timestamp, offsetNow()), out);
    nanoseconds(timestamp, out);
  }

  /** Appends the local time of day as {@code HH:MM:SS}, see {@link #time}. */
  public static void timeSeconds(long timestamp, Bytes out) {
    timeOfDay(local(timestamp, offsetNow()), out);
  }

  /** Appends local date and time as {@code YYYY-MM-DD HH:MM:SS.nnnnnnnnn}, see {@link #time}. */
  public static void dateTime(long timestamp, Bytes out) {
    dateTimeSeconds(timestamp, out);
    nanoseconds(timestamp, out);
  }

  /** Appends local date and time as {@code YYYY-MM-DD HH:MM:SS}, see {@link #time}. */
  public static void dateTimeSeconds(long timestamp, Bytes out) {
    long seconds = local(timestamp, offsetNow());
    date(seconds, out);
    out.append(' ');
    timeOfDay(seconds, out);
  }

  /** Appends UTC as {@code YYYY-MM-DDTHH:MM:SS.nnnnnnnnn+0000}. */
  public static void iso8601(long timestamp, Bytes out) {
    long seconds = local(timestamp, 0);
    date(seconds, out);
    out.append('T');
    timeOfDay(seconds, out);
    nanoseconds(timestamp, out);
    out.appendAscii("+0000");
  }

  /**
   * Appends local date and time as {@code YYYY-MM-DD HH:MM:SS.nnnnnnnnn}, with the difference to
   * UTC that held at that time, as time parameters of events show it.
   */
  public static void parameter(long timestamp, Bytes out) {
    long millis = Long.divideUnsigned(timestamp, 1_000_000);
    long seconds = local(timestamp, ZONE.getOffset(millis) / 1000);
    date(seconds, out);
    out.append(' ');
    timeOfDay(seconds, out);
    nanoseconds(timestamp, out);
  }

  private static int offsetNow() {
    return ZONE.getOffset(System.currentTimeMillis()) / 1000;
  }

  private static long local(long timestamp, int offset) {
    return Long.divideUnsigned(timestamp, NANOS) + offset;
  }

  private static void nanoseconds(long timestamp, Bytes out) {
    out.append('.');
    NumberText.padded(Long.remainderUnsigned(timestamp, NANOS), 9, out);
  }

  private static void timeOfDay(long seconds, Bytes out) {
    int ofDay = (int) Math.floorMod(seconds, (long) DAY);
    NumberText.padded(ofDay / 3600, 2, out);
    out.append(':');
    NumberText.padded(ofDay % 3600 / 60, 2, out);
    out.append(':');
    NumberText.padded(ofDay % 60, 2, out);
  }

  /** Civil date of the Gregorian calendar; years begin in March inside of the computation. */
  private static void date(long seconds, Bytes out) {
    long days = Math.floorDiv(seconds, (long) DAY) + 719_468;
    long era = Math.floorDiv(days, 146_097L);
    long ofEra = days - era * 146_097;
    long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long fromMarch = (5 * ofYear + 2) / 153;
    long month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    NumberText.padded(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4, out);
    out.append('-');
    NumberText.padded(month, 2, out);
    out.append('-');
    NumberText.padded(ofYear - (153 * fromMarch + 2) / 5 + 1, 2, out);
  }
}
