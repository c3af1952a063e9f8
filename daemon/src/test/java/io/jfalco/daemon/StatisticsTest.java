package io.jfalco.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.alert.Priority;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void looksAsInFalco() {
    Statistics statistics = new Statistics(new String[] {"first", "second", "third"});
    statistics.count(2, Priority.WARNING);
    statistics.count(0, Priority.INFORMATIONAL);
    statistics.count(2, Priority.WARNING);
    assertThat(statistics.summary())
        .isEqualTo(
            """
            Events detected: 3
            Rule counts by severity:
               WARNING: 2
               INFO: 1
            Triggered rules by rule name:
               first: 1
               third: 2
            """);
  }

  @Test
  void nothingHappened() {
    assertThat(new Statistics(new String[] {"r"}).summary())
        .isEqualTo(
            """
            Events detected: 0
            Rule counts by severity:
            Triggered rules by rule name:
            """);
  }

  @Test
  void bucketStartsFullAndFillsWithTime() {
    TokenBucket bucket = new TokenBucket(.5, 2);
    long second = 1_000_000_000L;
    assertThat(bucket.claim(5 * second)).isTrue();
    assertThat(bucket.claim(5 * second)).isTrue();
    assertThat(bucket.claim(6 * second)).isFalse();
    assertThat(bucket.claim(7 * second)).isTrue();
    assertThat(bucket.claim(100 * second)).isTrue();
    assertThat(bucket.claim(100 * second)).isTrue();
    assertThat(bucket.claim(100 * second)).isFalse();
  }
}
