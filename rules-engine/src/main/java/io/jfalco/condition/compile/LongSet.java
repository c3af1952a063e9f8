package io.jfalco.condition.compile;

import java.util.Arrays;

/** An immutable set of numbers. */
final class LongSet implements NumberMatcher {
  private final long[] sorted;

  LongSet(long[] members) {
    sorted = members.clone();
    Arrays.sort(sorted);
  }

  @Override
  public boolean matches(long value) {
    return Arrays.binarySearch(sorted, value) >= 0;
  }
}
