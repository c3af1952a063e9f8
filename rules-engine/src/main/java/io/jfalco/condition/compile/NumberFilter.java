package io.jfalco.condition.compile;

import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of many conditions on one number: all of them are answered by one look at its value. */
final class NumberFilter extends Filter {
  private final Reading reading;
  private final boolean anyValue;
  private final long[] numbers;
  private final int[][] ids;
  private final long[] hits;

  /** As {@link TextFilter}. */
  NumberFilter(Reading reading, boolean anyValue, Map<Integer, LongSet> checks, int words) {
    super(ConditionSets.of(checks.keySet(), words));
    this.reading = reading;
    this.anyValue = anyValue;
    this.hits = new long[words];
    Map<Long, List<Integer>> members = new TreeMap<>();
    checks.forEach(
        (id, check) -> {
          for (long number : check.members()) {
            members.computeIfAbsent(number, k -> new ArrayList<>()).add(id);
          }
        });
    numbers = members.keySet().stream().mapToLong(Long::longValue).toArray();
    ids =
        members.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  @Override
  long[] possible(EventContext context) {
    Arrays.fill(hits, 0);
    if (reading.read(context)) {
      Value value = reading.value();
      int count = anyValue ? value.count() : 1;
      for (int i = 0; i < count; i++) {
        mark(value.number(i));
      }
    }
    return hits;
  }

  private void mark(long value) {
    int at = Arrays.binarySearch(numbers, value);
    if (at >= 0) {
      for (int id : ids[at]) {
        hits[id >> 6] |= 1L << id;
      }
    }
  }
}
