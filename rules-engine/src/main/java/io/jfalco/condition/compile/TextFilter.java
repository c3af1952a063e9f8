package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of many conditions on one text: all of them are answered by one look at its value. */
final class TextFilter extends Filter {
  private final Reading reading;
  private final boolean anyValue;
  private final ByteSet whole;
  private final int[][] idsOfWhole;
  private final ByteTrie[] tries;
  private final long[] hits;

  /**
   * A filter.
   *
   * @param reading the text
   * @param anyValue false when only its first value counts
   * @param checks by the number of the condition, what the value must be in it
   * @param words length of a set of conditions
   */
  TextFilter(Reading reading, boolean anyValue, Map<Integer, TextAlternatives> checks, int words) {
    super(ConditionSets.of(checks.keySet(), words));
    this.reading = reading;
    this.anyValue = anyValue;
    this.hits = new long[words];
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    checks.forEach(
        (id, check) ->
            check
                .texts(TextPlace.WHOLE)
                .forEach(
                    text -> members.computeIfAbsent(key(text), k -> new ArrayList<>()).add(id)));
    whole = new ByteSet(members.keySet().stream().map(TextFilter::bytes).toList());
    idsOfWhole = new int[whole.capacity()][];
    members.forEach(
        (text, ids) -> {
          byte[] bytes = bytes(text);
          int slot = whole.slotOf(new Bytes().view(bytes, 0, bytes.length));
          idsOfWhole[slot] = ids.stream().mapToInt(Integer::intValue).toArray();
        });
    tries =
        Arrays.stream(new TextPlace[] {TextPlace.START, TextPlace.END, TextPlace.ANYWHERE})
            .map(place -> trie(place, checks))
            .filter(trie -> trie != null)
            .toArray(ByteTrie[]::new);
  }

  private static String key(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ByteTrie trie(TextPlace place, Map<Integer, TextAlternatives> checks) {
    List<byte[]> texts = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    checks.forEach(
        (id, check) -> {
          for (byte[] text : check.texts(place)) {
            texts.add(text);
            ids.add(id);
          }
        });
    return texts.isEmpty()
        ? null
        : new ByteTrie(place, texts, ids.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  long[] possible(EventContext context) {
    Arrays.fill(hits, 0);
    if (reading.read(context)) {
      Value value = reading.value();
      int count = anyValue ? value.count() : 1;
      for (int i = 0; i < count; i++) {
        mark(value.text(i));
      }
    }
    return hits;
  }

  private void mark(Bytes value) {
    int slot = whole.slotOf(value);
    if (slot >= 0) {
      for (int id : idsOfWhole[slot]) {
        hits[id >> 6] |= 1L << id;
      }
    }
    for (ByteTrie trie : tries) {
      trie.mark(value, hits);
    }
  }
}
