package io.jfalco.daemon.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 1y2w3d4h5m6s7ms}, each unit once, in this order. */
public final class Interval {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000, 1
  };

  /** Longer than anybody waits; the sum of milliseconds stays far from its limit. */
  private static final long MOST = 1L << 52;

  private Interval() {}

  /** The duration; empty when the text is none, or too long. Blanks do not count. */
  public static Optional<Duration> parse(String text) {
    Matcher parts = FORM.matcher(text.replaceAll("\\s", ""));
    if (!parts.matches()) {
      return Optional.empty();
    }
    double sum = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      String digits = parts.group(i + 1);
      sum += digits == null ? 0 : Double.parseDouble(digits) * MILLIS[i];
    }
    return sum > MOST ? Optional.empty() : Optional.of(Duration.ofMillis((long) sum));
  }
}
