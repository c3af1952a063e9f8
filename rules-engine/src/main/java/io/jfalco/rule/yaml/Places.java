package io.jfalco.rule.yaml;

import java.util.Arrays;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the library's places, which count characters, into places that count bytes of UTF-8. */
final class Places {
  private static final int[] NONE = {};

  /** For each character the bytes before it; empty when all characters are single bytes. */
  private final int[] offsets;

  Places(String text) {
    offsets = text.chars().allMatch(c -> c < 0x80) ? NONE : offsets(text);
  }

  private static int[] offsets(String text) {
    int[] offsets = new int[text.length() + 1];
    int count = 0;
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      offsets[count++] = bytes;
      bytes += length(character);
      i += Character.charCount(character);
    }
    offsets[count++] = bytes;
    return Arrays.copyOf(offsets, count);
  }

  private static int length(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  YamlMark of(Mark mark) {
    int offset = offset(mark.getIndex());
    int line = offset(mark.getIndex() - mark.getColumn());
    return new YamlMark(offset, mark.getLine(), offset - line);
  }

  /** Bytes before a character. */
  int offset(int index) {
    return offsets.length == 0 ? index : offsets[Math.min(index, offsets.length - 1)];
  }
}
