package io.jfalco.daemon;

/** Lets actions through at a rate, with bursts. Owned by one thread. */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double rate;
  private final double capacity;
  private double tokens;
  private long lastSeen;
  private boolean used;

  /**
   * A full bucket.
   *
   * @param rate tokens for each second
   * @param capacity most tokens
   */
  TokenBucket(double rate, double capacity) {
    this.rate = rate;
    this.capacity = capacity;
    this.tokens = capacity;
  }

  /** Takes a token if there is one; the time is in nanoseconds. */
  boolean claim(long now) {
    if (used) {
      tokens = Math.min(capacity, tokens + rate * Math.max(0, now - lastSeen) / NANOS);
    }
    used = true;
    lastSeen = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
