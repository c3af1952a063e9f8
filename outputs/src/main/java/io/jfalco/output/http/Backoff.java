package io.jfalco.output.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles from 100 ms to 10 s, of which a random half is left
 * out, so that many hosts do not come back at the same moment.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 10_000;

  private final RandomGenerator random;
  private long bound = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long wait = bound / 2 + random.nextLong(bound / 2 + 1);
    bound = Math.min(LONGEST_MILLIS, 2 * bound);
    return Duration.ofMillis(wait);
  }

  void reset() {
    bound = FIRST_MILLIS;
  }
}
