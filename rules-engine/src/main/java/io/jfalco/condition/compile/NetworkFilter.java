package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of many conditions on one address: a look-up for each length of a prefix. */
final class NetworkFilter extends Filter {
  private final Subject subject;
  private final IdsByText[] prefixes;
  private final int[] bits;
  private final long[] hits;
  private final Bytes scratch = new Bytes();

  /** As {@link TextFilter}. */
  NetworkFilter(Subject subject, Map<Integer, NetworkSet> checks, int words) {
    super(ConditionSets.of(checks.keySet(), words));
    this.subject = subject;
    this.hits = new long[words];
    Map<Integer, IdsByText.Builder> byLength = new TreeMap<>();
    checks.forEach(
        (id, set) -> {
          for (Network network : set.networks()) {
            byLength
                .computeIfAbsent(network.bits(), b -> new IdsByText.Builder())
                .add(network.prefix(), id);
          }
        });
    bits = byLength.keySet().stream().mapToInt(Integer::intValue).toArray();
    List<IdsByText> made = new ArrayList<>();
    byLength.values().forEach(builder -> made.add(builder.build()));
    prefixes = made.toArray(new IdsByText[0]);
  }

  @Override
  long[] possible(EventContext context) {
    Arrays.fill(hits, 0);
    Reading reading = subject.reading();
    if (reading.read(context)) {
      Value value = reading.value();
      int count = subject.anyValue() ? value.count() : 1;
      for (int i = 0; i < count; i++) {
        mark(value.text(i));
      }
    }
    return hits;
  }

  @Override
  int cost() {
    return 4 * bits.length;
  }

  private void mark(Bytes address) {
    for (int i = 0; i < bits.length; i++) {
      if (bits[i] <= address.length() * 8) {
        scratch.clear();
        Network.appendPrefix(address, bits[i], scratch);
        prefixes[i].mark(scratch, hits);
      }
    }
  }
}
