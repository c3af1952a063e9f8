package io.jfalco.issue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The line around a place, and a mark below the place. */
final class Snippet {
  /** Bytes shown to each side of the place at most. */
  private static final int HALF = 80;

  private static final String NOTHING = "<No context available>\n";

  private Snippet() {}

  static String of(byte[] text, int offset) {
    if (text.length == 0) {
      return NOTHING;
    }
    int place = Math.max(offset, 0);
    while (place > 0 && (place >= text.length || text[place] == '\n')) {
      place = Math.min(place, text.length) - 1;
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
    return to < from ? NOTHING : marked(text, from, place, to);
  }

  private static String marked(byte[] text, int from, int place, int to) {
    byte[] line = Arrays.copyOfRange(text, from, to + 1);
    if (place - from >= HALF) {
      Arrays.fill(line, 0, Math.min(3, line.length), (byte) '.');
    }
    if (to - place >= HALF) {
      Arrays.fill(line, Math.max(0, line.length - 3), line.length, (byte) '.');
    }
    return new String(line, StandardCharsets.UTF_8) + '\n' + " ".repeat(place - from) + "^\n";
  }
}
