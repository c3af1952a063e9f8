package io.jfalco.condition.compile;

import java.util.Collection;

/** Sets of conditions as bits by their number. */
final class ConditionSets {
  private ConditionSets() {}

  static int words(int count) {
    return (count + 63) / 64;
  }

  static long[] of(Collection<Integer> members, int words) {
    long[] set = new long[words];
    for (int member : members) {
      set[member >> 6] |= 1L << member;
    }
    return set;
  }

  static void add(int[] members, long[] set) {
    for (int member : members) {
      set[member >> 6] |= 1L << member;
    }
  }

  /** The first member from a number on, or -1. */
  static int next(long[] set, int from) {
    int word = from >> 6;
    if (word >= set.length) {
      return -1;
    }
    long bits = set[word] & -1L << from;
    while (bits == 0) {
      if (++word == set.length) {
        return -1;
      }
      bits = set[word];
    }
    return word * 64 + Long.numberOfTrailingZeros(bits);
  }
}
