package io.jfalco.rule.yaml;

import java.util.Arrays;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the library's places, which count characters, into places that count bytes of UTF-8. */
final class Places {
  private static final int[] NONE = {};

  /** For each character the bytes before it; empty when all characters are single bytes. */
  private final int[] offsets;

  private final String text;

  /** A character whose index was asked for, and where it stands in the text. */
  private int knownIndex;

  private int knownAt;

  Places(String text) {
    this.text = text;
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

  /**
   * The place of what follows, as Falco sees it: blanks and comments left out; at the end of the
   * text the column is 0.
   */
  YamlMark behind(Mark mark) {
    int at = at(mark.getIndex());
    int start = at;
    int line = mark.getLine();
    int lineStart = -1;
    while (at < text.length() && " \t\r\n#".indexOf(text.charAt(at)) >= 0) {
      if (text.charAt(at) == '#') {
        at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
      } else if (text.charAt(at++) == '\n') {
        line++;
        lineStart = at;
      }
    }
    int offset = of(mark).offset() + bytes(start, at);
    if (at == text.length()) {
      return new YamlMark(offset, line, 0);
    }
    int column = lineStart < 0 ? of(mark).column() + bytes(start, at) : bytes(lineStart, at);
    return new YamlMark(offset, line, column);
  }

  private int bytes(int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i += Character.charCount(text.codePointAt(i))) {
      bytes += length(text.codePointAt(i));
    }
    return bytes;
  }

  /** Where a character stands in the text; quick for those behind the last one asked for. */
  private int at(int index) {
    if (index < knownIndex) {
      knownIndex = 0;
      knownAt = 0;
    }
    knownAt = text.offsetByCodePoints(knownAt, index - knownIndex);
    knownIndex = index;
    return knownAt;
  }

  /** Bytes before a character. */
  int offset(int index) {
    return offsets.length == 0 ? index : offsets[Math.min(index, offsets.length - 1)];
  }
}
