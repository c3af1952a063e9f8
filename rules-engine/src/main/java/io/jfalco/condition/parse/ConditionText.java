package io.jfalco.condition.parse;

import io.jfalco.condition.ast.Position;
import java.util.Arrays;

/** Finds line and column of characters. A line ends at a line feed or a carriage return. */
final class ConditionText {
  private final int[] lineStarts;

  ConditionText(String text) {
    int[] starts = new int[16];
    int lines = 1;
    int index = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isLowSurrogate(character)) {
        continue;
      }
      index++;
      if (character == '\n' || character == '\r') {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = index;
      }
    }
    lineStarts = Arrays.copyOf(starts, lines);
  }

  Position position(int index) {
    int found = Arrays.binarySearch(lineStarts, index);
    int line = found >= 0 ? found : -found - 2;
    return new Position(index, line + 1, index - lineStarts[line] + 1);
  }
}
