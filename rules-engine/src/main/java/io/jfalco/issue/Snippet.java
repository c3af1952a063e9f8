package io.jfalco.issue;

import java.util.Arrays;

/** The line around a place, and a mark below the place. */
final class Snippet {
  /** Characters shown to each side of the place at most. */
  private static final int HALF = 80;

  private Snippet() {}

  static String of(String content, int offset) {
    int[] text = content.codePoints().toArray();
    if (text.length == 0) {
      return "<No context available>\n";
    }
    int place = Math.max(offset, 0);
    while (place > 0 && (place >= text.length || text[place] == '\n')) {
      place--;
    }
    int from = place;
    while (from > 0 && text[from] != '\n' && place - from < HALF) {
      from--;
    }
    int to = place;
    while (to < text.length - 1 && text[to] != '\n' && to - place < HALF) {
      to++;
    }
    if (text[from] == '\n') {
      from++;
    }
    if (text[to] == '\n') {
      to--;
    }
    return to < from ? "<No context available>\n" : marked(text, from, place, to);
  }

  private static String marked(int[] text, int from, int place, int to) {
    int[] line = Arrays.copyOfRange(text, from, to + 1);
    if (place - from >= HALF) {
      Arrays.fill(line, 0, Math.min(3, line.length), '.');
    }
    if (to - place >= HALF) {
      Arrays.fill(line, Math.max(0, line.length - 3), line.length, '.');
    }
    return new String(line, 0, line.length) + '\n' + " ".repeat(place - from) + "^\n";
  }
}
