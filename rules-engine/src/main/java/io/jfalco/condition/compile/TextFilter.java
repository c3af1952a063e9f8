package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import io.jfalco.field.Value;
import io.jfalco.state.EventContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checks of many conditions on one text: all of them are answered by one look at its value. */
final class TextFilter extends Filter {
  private final Subject subject;
  private final IdsByText whole;
  private final ByteTrie[] tries;
  private final long[] hits;

  /**
   * A filter.
   *
   * @param subject the text
   * @param checks by the number of the condition, what the value must be in it
   * @param words length of a set of conditions
   */
  TextFilter(Subject subject, Map<Integer, TextAlternatives> checks, int words) {
    super(ConditionSets.of(checks.keySet(), words));
    this.subject = subject;
    this.hits = new long[words];
    IdsByText.Builder builder = new IdsByText.Builder();
    checks.forEach((id, all) -> all.texts(TextPlace.WHOLE).forEach(t -> builder.add(t, id)));
    whole = builder.build();
    List<ByteTrie> made = new ArrayList<>();
    for (TextPlace place : List.of(TextPlace.START, TextPlace.END, TextPlace.ANYWHERE)) {
      List<byte[]> texts = new ArrayList<>();
      List<Integer> ids = new ArrayList<>();
      checks.forEach(
          (id, all) -> {
            for (byte[] text : all.texts(place)) {
              texts.add(text);
              ids.add(id);
            }
          });
      if (!texts.isEmpty()) {
        made.add(new ByteTrie(place, texts, IdsByText.ints(ids)));
      }
    }
    tries = made.toArray(new ByteTrie[0]);
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
    return 8;
  }

  private void mark(Bytes value) {
    whole.mark(value, hits);
    for (ByteTrie trie : tries) {
      trie.mark(value, hits);
    }
  }
}
