package io.jfalco.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeTextTest {
  private static final long NANOS = 1_000_000_000L;

  private final Bytes out = new Bytes();

  @Test
  void isoIsInUtc() {
    TimeText.iso8601(1_795_404_159_180_644_410L, out);
    assertThat(out.toString()).isEqualTo("2026-11-23T03:22:39.180644410+0000");
  }

  @Property
  void datesAreThoseOfTheLibrary(@ForAll @LongRange(min = 0) long timestamp) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(timestamp / NANOS, (int) (timestamp % NANOS), ZoneOffset.UTC);
    Bytes text = new Bytes();
    TimeText.iso8601(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", utc) + "+0000");
  }

  @Property
  void localTimesUseTheOffsetOfNow(@ForAll @LongRange(min = 90_000_000_000_000L) long timestamp) {
    ZoneOffset now = ZoneId.systemDefault().getRules().getOffset(Instant.now());
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(timestamp / NANOS, (int) (timestamp % NANOS), now);
    Bytes text = new Bytes();
    TimeText.time(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("HH:mm:ss.SSSSSSSSS", local));
    text.clear();
    TimeText.timeSeconds(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("HH:mm:ss", local));
    text.clear();
    TimeText.dateTime(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", local));
    text.clear();
    TimeText.dateTimeSeconds(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("uuuu-MM-dd HH:mm:ss", local));
  }

  @Property
  void parametersUseTheOffsetOfTheirTime(
      @ForAll @LongRange(min = 90_000_000_000_000L) long timestamp) {
    LocalDateTime local =
        LocalDateTime.ofInstant(
            Instant.ofEpochSecond(timestamp / NANOS, timestamp % NANOS), ZoneId.systemDefault());
    Bytes text = new Bytes();
    TimeText.parameter(timestamp, text);
    assertThat(text.toString()).isEqualTo(format("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", local));
  }

  private static String format(String pattern, LocalDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
  }
}
