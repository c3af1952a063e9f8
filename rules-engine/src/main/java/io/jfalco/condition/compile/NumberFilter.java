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
  private final Subject subject;
  private final long[] numbers;
  private final int[][] ids;
  private final long[] hits;

  /** As {@link TextFilter}. */
  NumberFilter(Subject subject, Map<Integer, LongSet> checks, int words) {
    super(ConditionSets.of(checks.keySet(), words));
    this.subject = subject;
    this.hits = new long[words];
    Map<Long, List<Integer>> members = new TreeMap<>();
    checks.forEach(
        (id, check) -> {
          for (long number : check.members()) {
            members.computeIfAbsent(number, k -> new ArrayList<>()).add(id);
          }
        });
    numbers = members.keySet().stream().mapToLong(Long::longValue).toArray();
    ids = members.values().stream().map(IdsByText::ints).toArray(int[][]::new);
  }

  @Override
  long[] possible(EventContext context) {
    Arrays.fill(hits, 0);
    Reading reading = subject.reading();
    if (reading.read(context)) {
      Value value = reading.value();
      int count = subject.anyValue() ? value.count() : 1;
      for (int i = 0; i < count; i++) {
        mark(value.number(i));
      }
    }
    return hits;
  }

  @Override
  int cost() {
    return 2;
  }

  private void mark(long value) {
    int at = Arrays.binarySearch(numbers, value);
    if (at >= 0) {
      ConditionSets.add(ids[at], hits);
    }
  }
}
