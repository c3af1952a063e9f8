package io.jfalco.condition.parse;

import io.jfalco.condition.ast.Position;
import java.util.Arrays;

/**
 * Finds the places of characters in a text, in bytes of its UTF-8 form. A line ends at a line feed
 * or a carriage return.
 */
final class ConditionText {
  private final int[] lineStarts;

  /** Bytes before each character; empty when each character is a byte. */
  private final int[] offsets;

  ConditionText(String text) {
    boolean ascii = text.chars().allMatch(character -> character < 0x80);
    int[] before = new int[ascii ? 0 : text.length() + 1];
    int[] starts = new int[16];
    int lines = 1;
    int index = 0;
    int offset = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      offset += length(character);
      index++;
      if (!ascii) {
        before[index] = offset;
      }
      if (character == '\n' || character == '\r') {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = offset;
      }
    }
    lineStarts = Arrays.copyOf(starts, lines);
    offsets = ascii ? before : Arrays.copyOf(before, index + 1);
  }

  private static int length(int character) {
    if (character < 0x800) {
      return character < 0x80 ? 1 : 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  /** The place of the character that so many others stand before. */
  Position position(int index) {
    int offset = index;
    if (offsets.length > 0) {
      int last = offsets.length - 1;
      offset = index <= last ? offsets[index] : offsets[last] + index - last;
    }
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(offset, line + 1, offset - lineStarts[line] + 1);
  }
}
