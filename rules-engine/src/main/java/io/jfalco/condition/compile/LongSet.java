package io.jfalco.condition.compile;

import java.util.Arrays;
import java.util.stream.LongStream;

/** An immutable set of numbers, at least one. */
final class LongSet implements NumberMatcher, Alternatives {
  private final long[] sorted;
  private final long first;

  LongSet(long[] members) {
    sorted = LongStream.of(members).sorted().distinct().toArray();
    first = sorted[0];
  }

  @Override
  public boolean matches(long value) {
    return value == first || sorted.length > 1 && Arrays.binarySearch(sorted, value) >= 0;
  }

  @Override
  public LongSet or(Alternatives other) {
    return new LongSet(
        LongStream.concat(LongStream.of(sorted), LongStream.of(((LongSet) other).sorted))
            .toArray());
  }

  /** The members. */
  long[] members() {
    return sorted.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LongSet set && Arrays.equals(sorted, set.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }
}
