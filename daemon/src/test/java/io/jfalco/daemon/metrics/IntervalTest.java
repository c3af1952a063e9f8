package io.jfalco.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @ParameterizedTest
  @CsvSource({
    "1h, 3600000",
    "100ms, 100",
    "5m, 300000",
    "5ms, 5",
    "1h30m, 5400000",
    "1y2w3d4h5m6s7ms, 33019506007",
    "1 h 30 m, 5400000",
    "0s, 0",
    "'', 0",
  })
  void unitsStandInTheirOrder(String text, long millis) {
    assertThat(Interval.parse(text)).hasValue(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5000", "1m1h", "1h1h", "h", "-1s", "1.5s", "1H", "1s x"})
  void othersAreNone(String text) {
    assertThat(Interval.parse(text)).isEmpty();
  }

  @Test
  void noNumberIsTooLongForIt() {
    assertThat(Interval.parse("9".repeat(400) + "y")).isEmpty();
  }
}
