package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers of conditions by a text that they want. Look-ups allocate nothing. */
final class IdsByText {
  private final ByteSet texts;
  private final int[][] idsBySlot;

  private IdsByText(Map<String, List<Integer>> members) {
    texts = new ByteSet(members.keySet().stream().map(IdsByText::bytes).toList());
    idsBySlot = new int[texts.capacity()][];
    members.forEach(
        (text, ids) -> {
          byte[] bytes = bytes(text);
          idsBySlot[texts.slotOf(new Bytes().view(bytes, 0, bytes.length))] = ints(ids);
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static int[] ints(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Sets the bits of all conditions that want this text. */
  void mark(Bytes text, long[] hits) {
    int slot = texts.slotOf(text);
    if (slot >= 0) {
      ConditionSets.add(idsBySlot[slot], hits);
    }
  }

  /** Collects texts and conditions. */
  static final class Builder {
    private final Map<String, List<Integer>> members = new LinkedHashMap<>();

    void add(byte[] text, int id) {
      members
          .computeIfAbsent(new String(text, StandardCharsets.ISO_8859_1), k -> new ArrayList<>())
          .add(id);
    }

    IdsByText build() {
      return new IdsByText(members);
    }
  }
}
