package io.jfalco.rule.yaml;

import io.jfalco.event.Bytes;
import java.nio.charset.StandardCharsets;

/** Escapes in quoted scalars. */
final class YamlEscape {
  private static final String LETTERS = "0abt\tnvfre \"'\\/N_LP";
  private static final String CHARACTERS =
      "\0\007\b\t\t\n\013\f\r\033 \"'\\/\u0085\u00A0\u2028\u2029";

  private YamlEscape() {}

  /** Reads an escape, and appends what it stands for. */
  static void read(YamlInput input, Bytes text) throws YamlException {
    int escape = input.next();
    int letter = input.next();
    if (escape == '\'') {
      text.append('\'');
      return;
    }
    switch (letter) {
      case 'x' -> append(hexadecimal(input, 2), text);
      case 'u' -> append(hexadecimal(input, 4), text);
      case 'U' -> append(hexadecimal(input, 8), text);
      default -> {
        int index = LETTERS.indexOf(letter);
        if (index < 0) {
          throw new YamlException("unknown escape character: " + (char) letter, input.mark());
        }
        append(CHARACTERS.charAt(index), text);
      }
    }
  }

  private static void append(int codePoint, Bytes text) {
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    text.append(bytes, 0, bytes.length);
  }

  private static int hexadecimal(YamlInput input, int digits) throws YamlException {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      read.append((char) input.next());
    }
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = read.charAt(i) < 128 ? Character.digit(read.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new YamlException("bad character found while scanning hex number", input.mark());
      }
      value = value * 16 + digit;
    }
    if (value >= 0xD800 && value <= 0xDFFF || value > Character.MAX_CODE_POINT) {
      throw new YamlException("invalid unicode: " + value, input.mark());
    }
    return (int) value;
  }
}
